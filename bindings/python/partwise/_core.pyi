from collections.abc import Callable, Sequence
from typing import Any, Literal, Optional, TypedDict, Union

import numpy as np
from numpy.typing import NDArray

_Floats = Union[NDArray[np.float32], NDArray[np.float64]]

class _Found(TypedDict):
    w: NDArray[Any]
    h: NDArray[Any]
    objective: NDArray[np.float64]
    iterations: int
    stop_reason: Literal["tolerance", "max_iterations", "stopped", "silent_input"]
    solver: Literal["fast", "cd", "mu"]

__version__: str

def factorize(
    x: _Floats,
    *,
    n_components: int,
    w: Optional[_Floats] = ...,
    h: Optional[_Floats] = ...,
    beta: float = ...,
    solver: Literal["auto", "fast", "cd", "mu"] = ...,
    start: Literal["auto", "nndsvd", "nndsvda", "nndsvdar", "random", "given"] = ...,
    w_first: bool = ...,
    max_iter: int = ...,
    tol: float = ...,
    seed: int = ...,
    penalties: Sequence[float] = ...,
    fixed: Sequence[bool] = ...,
    normalize: bool = ...,
    threads: int = ...,
    callback: Optional[Callable[[int, float], object]] = ...,
) -> _Found: ...
def stft(y: NDArray[np.float32], *, n_fft: int, hop_length: int) -> NDArray[np.complex64]: ...
def istft(
    frames: NDArray[np.complex64], *, n_fft: int, hop_length: int, length: int
) -> NDArray[np.float32]: ...
