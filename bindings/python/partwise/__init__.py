"""partwise: recordings taken apart by nonnegative matrix factorization.

Only numpy is needed. ``NMF`` and ``non_negative_factorization`` are scikit-learn estimators:
scikit-learn is imported when one of them is first used.
"""

from ._core import __version__
from .decomposition import decompose
from .separation import Separation, separate
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

_FROM_NMF = {"NMF", "non_negative_factorization"}


def __getattr__(name):
    if name in _FROM_NMF:
        from . import nmf

        for found in _FROM_NMF:
            globals()[found] = getattr(nmf, found)
        return globals()[name]
    raise AttributeError(f"module 'partwise' has no attribute {name!r}")


def __dir__():
    return sorted(set(globals()) | _FROM_NMF)
