"""Where W and H start: scikit-learn's rules, to the random number.

Boutsidis and Gallopoulos 2008, "SVD based initialization: A head start for nonnegative matrix
factorization", and |N(0, 1)| sqrt(mean(X) / K).
"""

import numpy as np
from sklearn.utils import check_random_state
from sklearn.utils.extmath import randomized_svd

# Entries of an NNDSVD start below this are zero, and nndsvdar fills zeros with this share of
# |N(0, 1)| mean(X): scikit-learn's numbers.
_SMALLEST_ENTRY = 1e-6
_FILL_SHARE = 100


def make_start(X, n_components, init, random_state):
    """W (n_samples, K) and H (K, n_features) of the kind `init`; None chooses as scikit-learn."""
    most = min(X.shape)
    if init is None:
        init = "nndsvda" if n_components <= most else "random"
    if init == "random":
        return _random_start(X, n_components, check_random_state(random_state))
    if n_components > most:
        raise ValueError(
            f"init = '{init}' can only be used when n_components <= min(n_samples, n_features): "
            f"n_components = {n_components}, X is {X.shape}"
        )
    return _nndsvd_start(X, n_components, init, random_state)


def _random_start(X, n_components, rng):
    scale = np.sqrt(X.mean() / n_components)

    def draw(shape):
        values = scale * rng.standard_normal(size=shape).astype(X.dtype, copy=False)
        return np.abs(values, out=values)

    H = draw((n_components, X.shape[1]))  # H before W, as scikit-learn draws them
    return draw((X.shape[0], n_components)), H


def _nndsvd_start(X, n_components, init, random_state):
    U, S, V = randomized_svd(X, n_components, random_state=random_state)
    W, H = np.zeros_like(U), np.zeros_like(V)
    W[:, 0] = np.sqrt(S[0]) * np.abs(U[:, 0])
    H[0] = np.sqrt(S[0]) * np.abs(V[0])
    for k in range(1, n_components):
        u, v, mass = _dominant_half(U[:, k], V[k])
        if mass > 0:  # else a triplet beyond the rank
            scale = np.sqrt(S[k] * mass)
            W[:, k] = scale * u
            H[k] = scale * v
    W[W < _SMALLEST_ENTRY] = 0
    H[H < _SMALLEST_ENTRY] = 0
    if init == "nndsvda":
        W[W == 0] = H[H == 0] = X.mean()
    elif init == "nndsvdar":
        rng, mean = check_random_state(random_state), X.mean()
        for factor in (W, H):
            empty = factor == 0
            filling = rng.standard_normal(size=int(empty.sum()))
            factor[empty] = np.abs(mean * filling / _FILL_SHARE)
    return W, H


def _dominant_half(x, y):
    """The unit positive or negative parts of a singular pair, whichever weighs more."""
    halves = []
    for sign in (1, -1):
        u, v = np.maximum(sign * x, 0), np.maximum(sign * y, 0)
        halves.append((u, v, np.linalg.norm(u), np.linalg.norm(v)))
    (u, v, nu, nv), negative = halves
    if not nu * nv > negative[2] * negative[3]:
        u, v, nu, nv = negative
    mass = nu * nv
    return (u / nu, v / nv, mass) if mass > 0 else (u, v, 0)
