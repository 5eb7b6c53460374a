from .decomposition import decompose as decompose
from .nmf import NMF as NMF
from .nmf import non_negative_factorization as non_negative_factorization
from .separation import Separation as Separation
from .separation import separate as separate
from .spectra import amplitude_to_db as amplitude_to_db
from .spectra import istft as istft
from .spectra import stft as stft

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

__version__: str
