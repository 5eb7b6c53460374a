from collections.abc import Callable
from typing import Any, Literal, Optional, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["amplitude_to_db", "istft", "stft"]

def stft(
    y: ArrayLike,
    *,
    n_fft: int = ...,
    hop_length: Optional[int] = ...,
    win_length: Optional[int] = ...,
    window: Literal["hann"] = ...,
    center: Literal[True] = ...,
    dtype: Any = ...,
    pad_mode: Literal["constant"] = ...,
    out: None = ...,
) -> NDArray[np.complex64]: ...
def istft(
    stft_matrix: ArrayLike,
    *,
    hop_length: Optional[int] = ...,
    win_length: Optional[int] = ...,
    n_fft: Optional[int] = ...,
    window: Literal["hann"] = ...,
    center: Literal[True] = ...,
    dtype: Any = ...,
    length: Optional[int] = ...,
    out: None = ...,
) -> NDArray[np.float32]: ...
def amplitude_to_db(
    S: ArrayLike,
    *,
    ref: Union[float, Callable[[NDArray[Any]], float]] = ...,
    amin: float = ...,
    top_db: Optional[float] = ...,
) -> NDArray[np.floating[Any]]: ...
