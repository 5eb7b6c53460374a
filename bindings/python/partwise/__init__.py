"""partwise: recordings taken apart by nonnegative matrix factorization.

Only numpy is needed. What `NMF`, `non_negative_factorization` and `separate` stand on is imported when one
of them is first used: scikit-learn for the former two.
"""

import importlib

from ._core import __version__
from .decomposition import decompose
from .spectra import amplitude_to_db, istft, stft

__all__ = [
    "NMF",
    "Separation",
    "__version__",
    "amplitude_to_db",
    "decompose",
    "istft",
    "non_negative_factorization",
    "separate",
    "stft",
]

_LATER = {
    "NMF": "nmf",
    "non_negative_factorization": "nmf",
    "Separation": "separation",
    "separate": "separation",
}


def __getattr__(name):
    if name not in _LATER:
        raise AttributeError(f"module 'partwise' has no attribute {name!r}")
    found = getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted(set(globals()) | set(_LATER))
