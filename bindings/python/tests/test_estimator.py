"""The manners of an estimator: scikit-learn's own checks, clone, pickle, pipelines."""

import pickle

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.utils.estimator_checks import check_estimator

import partwise

pytestmark = pytest.mark.filterwarnings("ignore")

# At scikit-learn's defaults the run stops early, so that transform() and fit_transform() of the same X
# end apart. Its own NMF fails the same 3 of 35: the second of these is made twice.
FAILS_AT_DEFAULTS = {"check_transformer_data_not_an_array", "check_transformer_general"}


def results(estimator):
    found = {"passed": [], "failed": []}
    for instance, check in check_estimator(estimator, generate_only=True):
        name = check.func.__name__
        try:
            check(instance)
            found["passed"].append(name)
        except Exception as error:
            found["failed"].append((name, error))
    return found


def test_every_check_passes_when_run_to_the_end():
    found = results(partwise.NMF(tol=1e-6, max_iter=5000))
    assert not found["failed"], found["failed"]
    assert len(found["passed"]) >= 30


def test_at_defaults_fails_only_what_scikit_learns_own_fails():
    from sklearn.decomposition import NMF

    ours = [name for name, _ in results(partwise.NMF())["failed"]]
    theirs = [name for name, _ in results(NMF())["failed"]]
    assert set(ours) <= FAILS_AT_DEFAULTS
    assert sorted(ours) == sorted(theirs)


def test_clones_and_pickles(spectrum_like):
    model = partwise.NMF(n_components=3, random_state=0).fit(spectrum_like())
    again = pickle.loads(pickle.dumps(model))
    assert np.array_equal(again.components_, model.components_)
    assert clone(model).get_params() == model.get_params()


def test_works_in_a_pipeline_and_names_its_outputs(spectrum_like):
    pipeline = make_pipeline(MinMaxScaler(), partwise.NMF(n_components=2, random_state=0))
    assert pipeline.fit_transform(spectrum_like()).shape == (37, 2)
    assert list(pipeline.get_feature_names_out()) == ["nmf0", "nmf1"]


def test_frames_of_pandas_come_in_and_go_out(spectrum_like):
    pandas = pytest.importorskip("pandas")
    X = spectrum_like()
    frame = pandas.DataFrame(X, columns=[f"bin{i}" for i in range(X.shape[1])])
    model = partwise.NMF(n_components=2, random_state=0).set_output(transform="pandas")
    W = model.fit_transform(frame)
    assert list(W.columns) == ["nmf0", "nmf1"] and list(model.feature_names_in_[:2]) == ["bin0", "bin1"]
    plain = partwise.NMF(n_components=2, random_state=0).fit_transform(X)
    assert np.allclose(W.to_numpy(), plain, rtol=1e-8)
    with pytest.raises(ValueError, match="feature names"):
        model.transform(frame.rename(columns={"bin0": "other"}))


@pytest.mark.parametrize("order", ["C", "F"])
def test_memory_maps_are_read(spectrum_like, tmp_path, order):
    X = np.asarray(spectrum_like(dtype=np.float32), order=order)
    np.save(tmp_path / "x.npy", X)
    mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
    W = partwise.NMF(n_components=2, random_state=0).fit_transform(mapped)
    assert np.array_equal(W, partwise.NMF(n_components=2, random_state=0).fit_transform(X))


def test_objective_never_rises_and_ends_at_the_error(spectrum_like):
    model = partwise.NMF(n_components=3, random_state=0).fit(spectrum_like())
    assert len(model.objective_) == model.n_iter_ + 1
    assert (np.diff(model.objective_) <= 1e-9 * model.objective_[0]).all()
    assert np.sqrt(2 * model.objective_[-1]) == pytest.approx(model.reconstruction_err_)


def test_fast_solver_gives_templates_of_unit_sum_whatever_the_level(spectrum_like):
    X = spectrum_like(60, 80, dtype=np.float32)
    options = dict(n_components=4, solver="fast", beta_loss="kullback-leibler")
    quiet, loud = partwise.NMF(**options), partwise.NMF(**options)
    W = quiet.fit_transform(X)
    loud.fit(1024 * X)
    assert np.allclose(quiet.components_.sum(axis=1), 1, rtol=1e-5)
    assert np.array_equal(quiet.components_, loud.components_)
    assert np.abs(W @ quiet.components_ - X).max() < 0.1 * X.max()


def test_fixed_components_stay(spectrum_like):
    X = spectrum_like()
    rng = np.random.RandomState(0)
    W, H = rng.rand(37, 3), rng.rand(3, 53)
    model = partwise.NMF(3, init="custom", fixed_components=[True, False, False])
    model.fit_transform(X, W=W, H=H)
    assert np.array_equal(model.components_[0], H[0])
    assert not np.allclose(model.components_[1], H[1])


def test_callback_sees_every_iteration_and_may_stop(spectrum_like):
    seen = []
    model = partwise.NMF(3, callback=lambda i, d: seen.append((i, d)) or i == 7)
    model.fit(spectrum_like())
    assert [i for i, _ in seen] == list(range(8))
    assert model.n_iter_ == 7


@pytest.mark.parametrize("wrong", [
    dict(solver="newton"), dict(init="svd"), dict(n_components=0), dict(n_components=1.5),
    dict(tol=-1), dict(max_iter=0), dict(alpha_W=-1), dict(alpha_H="twice"), dict(l1_ratio=2),
    dict(beta_loss="euclid"), dict(solver="cd", beta_loss=1), dict(solver="mu", beta_loss=9),
    dict(n_threads=0), dict(callback="bar"), dict(fixed_components=[True]), dict(n_components=5000)])
def test_wrong_parameters_are_value_errors(spectrum_like, wrong):
    with pytest.raises(ValueError):
        partwise.NMF(**wrong).fit(spectrum_like())
