"""librosa's calls, repeated: it is not in Debian."""

import wave

import numpy as np
import pytest

pytest.importorskip("sklearn")
import sklearn.decomposition

import partwise

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def as_librosa_calls(S, transformer):
    """What librosa.decompose.decompose(S, transformer=..., sort=True) asks of a transformer."""
    activations = transformer.fit_transform(S.T).T
    order = np.argsort(np.argmax(transformer.components_.T, axis=0))
    return transformer.components_.T[:, order], activations[order]


def close(a, b, tolerance):
    return a.shape == b.shape and np.abs(a - b).max() <= tolerance * np.abs(b).max()


@pytest.mark.parametrize("call", ["decompose", "transformer"])
def test_the_notebooks_walk_gives_librosas_numbers(source, call):
    with wave.open(str(source / "tests/data/tabla.wav")) as file:
        y = np.frombuffer(file.readframes(file.getnframes()), "<i2") / np.float32(32768)
    stored = np.load(source / "tests/data/tabla64.npz")
    S = np.abs(partwise.stft(y)).astype(np.float64)
    if call == "decompose":
        W, H = partwise.decompose(S, n_components=6, sort=True)
    else:
        W, H = as_librosa_calls(S, partwise.NMF(n_components=6))
    assert close(W, stored["W"], 1e-5)
    assert close(H, stored["H"], 1e-5)


def test_channels_share_their_activations():
    S = np.abs(np.random.RandomState(0).randn(2, 17, 30))
    W, H = partwise.decompose(S, n_components=3, random_state=0)
    assert W.shape == (2, 17, 3) and H.shape == (3, 30)
    model = sklearn.decomposition.NMF(3, random_state=0)
    H_flat = model.fit_transform(np.vstack([S[0], S[1]]).T).T
    assert close(W[0], model.components_[:, :17].T, 1e-8)
    assert close(W[1], model.components_[:, 17:].T, 1e-8)
    assert close(H, H_flat, 1e-8)


def test_a_fitted_transformer_finds_activations_alone():
    S = np.abs(np.random.RandomState(0).randn(17, 30))
    model = partwise.NMF(3).fit(S.T)
    W, H = partwise.decompose(S, transformer=model, fit=False)
    assert np.array_equal(W, model.components_.T)
    assert H.shape == (3, 30)


@pytest.mark.parametrize("wrong", [dict(fit=False), dict(S=np.ones(3)), dict(n_components=0),
                                   dict(S=np.ones((2, 3, 4)), sort=True), dict(S=-np.ones((3, 4)))])
def test_what_cannot_be_decomposed_says_so(wrong):
    with pytest.raises(ValueError):
        partwise.decompose(**{"S": np.ones((5, 6)), **wrong})
