"""partwise's NMF and scikit-learn's, side by side in one run."""

import itertools

import numpy as np
import pytest

pytest.importorskip("sklearn")
import sklearn.decomposition as theirs

import partwise

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

# The order of sums differs: so many roundings grow over the iterations. float64 reads 1e-12 and less
# at 100 iterations; a stop test on the edge may fall an iteration apart in float32 alone.
TOLERANCE = {np.float64: 1e-8, np.float32: 2e-3}


def relative(a, b):
    return np.abs(a - b).max() / np.abs(b).max()


def both(X, **options):
    ours, reference = partwise.NMF(**options), theirs.NMF(**options)
    return (ours, ours.fit_transform(X)), (reference, reference.fit_transform(X))


def assert_same(X, tolerance, **options):
    (ours, W), (reference, W_reference) = both(X, **options)
    assert ours.n_iter_ == reference.n_iter_
    assert relative(W, W_reference) < tolerance
    assert relative(ours.components_, reference.components_) < tolerance
    assert W.dtype == W_reference.dtype
    assert ours.components_.dtype == reference.components_.dtype
    assert ours.reconstruction_err_ == pytest.approx(reference.reconstruction_err_, rel=1e-4)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_defaults_give_scikit_learns_numbers(spectrum_like, dtype, order):
    X = np.asarray(spectrum_like(dtype=dtype), order=order)
    assert_same(X, TOLERANCE[dtype], n_components=4, random_state=3)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("init", ["random", "nndsvd", "nndsvda", "nndsvdar"])
def test_every_start_gives_scikit_learns_numbers(spectrum_like, init, order):
    X = np.asarray(spectrum_like(), order=order)
    assert_same(X, 1e-8, n_components=5, init=init, random_state=1)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("beta", ["frobenius", "kullback-leibler", "itakura-saito", 0.5, 1.5, 3])
def test_every_loss_gives_scikit_learns_numbers(spectrum_like, beta, order):
    X = np.asarray(spectrum_like(), order=order)
    assert_same(X, 1e-7, n_components=3, solver="mu", beta_loss=beta, random_state=1, max_iter=60)


@pytest.mark.parametrize("solver", ["cd", "mu"])
@pytest.mark.parametrize(
    "alpha_W, alpha_H, l1_ratio",
    list(itertools.product([0.0, 0.01], [0.0, 0.02, "same"], [0.0, 0.5, 1.0])))
def test_penalties_give_scikit_learns_numbers(spectrum_like, solver, alpha_W, alpha_H, l1_ratio):
    for order in "CF":
        X = np.asarray(spectrum_like(), order=order)
        assert_same(X, 1e-6, n_components=3, solver=solver, alpha_W=alpha_W, alpha_H=alpha_H,
                    l1_ratio=l1_ratio, random_state=1, max_iter=40, init="random")


@pytest.mark.parametrize("solver, beta", [("cd", 2), ("mu", 2), ("mu", 1), ("mu", 0.5)])
def test_transform_gives_scikit_learns_numbers(spectrum_like, solver, beta):
    X, fresh = spectrum_like(), spectrum_like(seed=5)
    (ours, _), (reference, _) = both(X, n_components=3, solver=solver, beta_loss=beta,
                                     random_state=0)
    ours.components_ = reference.components_
    assert relative(ours.transform(fresh), reference.transform(fresh)) < 1e-8


@pytest.mark.parametrize("update_H", [True, False])
def test_the_function_gives_scikit_learns_numbers(spectrum_like, update_H):
    X = spectrum_like()
    rng = np.random.RandomState(0)
    given = dict(W=rng.rand(37, 4), H=rng.rand(4, 53), init="custom", update_H=update_H)
    ours = partwise.non_negative_factorization(X, n_components=4, **given)
    given["W"] = given["W"].copy()  # theirs writes into it
    reference = theirs.non_negative_factorization(X, n_components=4, **given)
    assert relative(ours[0], reference[0]) < 1e-8
    assert relative(ours[1], reference[1]) < 1e-8
    assert ours[2] == reference[2]


@pytest.mark.parametrize("solver", ["cd", "mu"])
@pytest.mark.parametrize("kind", ["csr_matrix", "csc_matrix"])
def test_sparse_input_gives_the_numbers_of_dense(spectrum_like, solver, kind):
    sparse = pytest.importorskip("scipy.sparse")
    X = spectrum_like()
    X[X < 1] = 0
    options = dict(n_components=3, solver=solver, random_state=0)
    dense, S = partwise.NMF(**options), partwise.NMF(**options)
    W = dense.fit_transform(X)
    assert relative(S.fit_transform(getattr(sparse, kind)(X)), W) < 1e-8


@pytest.mark.parametrize("transposed", [False, True], ids=["as it is", "as librosa calls"])
@pytest.mark.parametrize("solver, beta", [("cd", 2), ("mu", 2), ("mu", 1), ("mu", 0), ("mu", 0.5), ("mu", 3)])
def test_golden_iterations_come_through(source, solver, beta, transposed):
    """W and H of scikit-learn 1.2.1 after 1, 10 and 100 iterations from a given start."""
    stored = np.load(source / "tests/data/solvers.npz")
    X, W, H = stored["V"], stored["W0"], stored["H0"]
    if transposed:
        X, W, H = X.T, H.T, W.T
    options = dict(n_components=5, init="custom", solver=solver, beta_loss=beta, tol=0)
    for n in (1, 10, 100):
        name = f"{'transposed_' if transposed else ''}{solver}_beta{beta}_iter{n}_"
        found = partwise.non_negative_factorization(X, W, H, max_iter=n, **options)
        W_n, H_n = (found[1].T, found[0].T) if transposed else found[:2]
        assert relative(W_n, stored[name + "W"]) < 1e-9
        assert relative(H_n, stored[name + "H"]) < 1e-9
