from .decomposition import decompose as decompose
from .nmf import NMF as NMF
from .nmf import non_negative_factorization as non_negative_factorization
from .spectra import amplitude_to_db as amplitude_to_db
from .spectra import istft as istft
from .spectra import stft as stft

__version__: str
