"""scikit-learn's solvers, called so that nothing but their own work is timed."""

import inspect
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import _nmf
from threadpoolctl import threadpool_info

DEFAULTS = {"tol": 1e-4, "max_iter": 200}  # those of sklearn.decomposition.NMF


def blas():
    """The BLAS that numpy calls, in words."""
    np.ones((8, 8)) @ np.ones((8, 8))
    found = [
        f"{pool['internal_api']} {pool['version']} ({pool.get('architecture', '?')}, {pool['num_threads']} thread)"
        for pool in threadpool_info()
        if pool["user_api"] == "blas"
    ]
    return ", ".join(found) or "reference BLAS"


def check(any_blas):
    """numpy's reference BLAS is ten times slower: against it every figure would flatter."""
    if blas() == "reference BLAS" and not any_blas:
        sys.exit(
            "numpy runs on the reference BLAS, which is no match; start this through bench/run, which unpacks "
            "OpenBLAS, install libopenblas0-pthread, or say --any-blas"
        )
    signature = inspect.signature(_nmf._fit_coordinate_descent)
    if signature.parameters["max_iter"].default != DEFAULTS["max_iter"]:
        sys.exit(f"scikit-learn {sklearn.__version__} is not the version these benchmarks know")


def solve(x, w, h, beta, max_iter=DEFAULTS["max_iter"], tol=DEFAULTS["tol"]):
    """From copies of w and h; x [bins x frames] in C order. Returns seconds, w, h, iterations."""
    w, h = w.copy(), h.copy()
    begin = time.perf_counter()
    if beta == 2:
        w, h, iterations = _nmf._fit_coordinate_descent(x, w, h, tol=tol, max_iter=max_iter)
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            w, h, iterations, *_ = _nmf._fit_multiplicative_update(x, w, h, beta_loss=beta, tol=tol, max_iter=max_iter)
    return time.perf_counter() - begin, w, h, iterations


def start(v, components, seed):
    """scikit-learn's random start for v [frames x bins], as librosa calls it, for x = v': w [bins x K], h [K x frames].
    It is the one that partwise makes of this seed."""
    activations, templates = _nmf._initialize_nmf(v, components, init="random", random_state=seed)
    return np.ascontiguousarray(templates.T), np.ascontiguousarray(activations.T)
