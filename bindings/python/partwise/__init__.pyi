from .nmf import NMF as NMF
from .nmf import non_negative_factorization as non_negative_factorization

__version__: str
