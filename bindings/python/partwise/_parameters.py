"""Which parameters partwise.NMF takes: scikit-learn's ranges, and ours."""

import warnings
from numbers import Integral, Real

import numpy as np

from ._progress import check_callback

LOSSES = {"frobenius": 2.0, "kullback-leibler": 1.0, "itakura-saito": 0.0}
_SOLVERS = ("cd", "mu", "fast")
_INITS = (None, "random", "nndsvd", "nndsvda", "nndsvdar", "custom")


def refuse(name, value, expected):
    raise ValueError(f"{name} = {value!r}, expected {expected}")


def _list(names):
    return ", ".join(map(repr, names))


def _is_real(value):
    return isinstance(value, Real) and not isinstance(value, (bool, np.bool_))


def _is_integer(value):
    return isinstance(value, Integral) and not isinstance(value, (bool, np.bool_))


def check_parameters(model):
    """ValueError naming the parameter, its value and its range."""
    K = model.n_components
    if not (K is None or K == "auto" or (_is_integer(K) and K >= 1)):
        refuse("n_components", K, "an integer of 1 or more, 'auto' or None")
    if model.init not in _INITS:
        refuse("init", model.init, "one of " + _list(_INITS))
    if model.solver not in _SOLVERS:
        refuse("solver", model.solver, "one of " + _list(_SOLVERS))
    if not (_is_real(model.beta_loss) or model.beta_loss in LOSSES):
        refuse("beta_loss", model.beta_loss, "a number or one of " + _list(LOSSES))
    if model.solver == "cd" and model.beta_loss not in (2, "frobenius"):
        raise ValueError(
            f"Invalid beta_loss parameter: solver {model.solver!r} does not handle "
            f"beta_loss = {model.beta_loss!r}, expected 'frobenius' or solver 'mu' or 'fast'"
        )
    if not (_is_real(model.tol) and model.tol >= 0):
        refuse("tol", model.tol, "a number of 0 or more")
    if not (_is_integer(model.max_iter) and model.max_iter >= 1):
        refuse("max_iter", model.max_iter, "an integer of 1 or more")
    if not (_is_real(model.alpha_W) and model.alpha_W >= 0):
        refuse("alpha_W", model.alpha_W, "a number of 0 or more")
    same = isinstance(model.alpha_H, str) and model.alpha_H == "same"
    if not (same or (_is_real(model.alpha_H) and model.alpha_H >= 0)):
        refuse("alpha_H", model.alpha_H, "a number of 0 or more, or 'same'")
    if not (_is_real(model.l1_ratio) and 0 <= model.l1_ratio <= 1):
        refuse("l1_ratio", model.l1_ratio, "0 to 1")
    if not (model.n_threads is None or (_is_integer(model.n_threads) and model.n_threads >= 1)):
        refuse("n_threads", model.n_threads, "an integer of 1 or more, or None")
    check_callback(model.callback)
    if model.solver == "mu" and model.init == "nndsvd":
        warnings.warn(
            "The multiplicative update ('mu') solver cannot update zeros present in the "
            "initialization, and so leads to poorer results when used jointly with "
            "init='nndsvd'. You may try init='nndsvda' or init='nndsvdar' instead.",
            UserWarning,
            stacklevel=4,
        )
    if model.shuffle:
        warnings.warn(
            "shuffle=True: the coordinates are updated in order all the same",
            UserWarning,
            stacklevel=4,
        )
