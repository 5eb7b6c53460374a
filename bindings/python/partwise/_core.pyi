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
def options() -> list[dict[str, Any]]: ...

_OnProgress = Optional[Callable[[str, float, int, float], object]]
_Given = Sequence[tuple[str, Union[bool, int, float, str, Sequence[str]]]]

class Separation:
    @property
    def w(self) -> NDArray[np.float32]: ...
    @property
    def h(self) -> NDArray[np.float32]: ...
    @property
    def spectrogram(self) -> NDArray[np.float32]: ...
    @property
    def objective(self) -> NDArray[np.float64]: ...
    @property
    def bin_hz(self) -> float: ...
    @property
    def frame_seconds(self) -> float: ...
    @property
    def iterations(self) -> int: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def names(self) -> list[str]: ...
    @property
    def num_samples(self) -> int: ...
    @property
    def groups(self) -> list[list[int]]: ...
    @property
    def part_w(self) -> NDArray[np.float32]: ...
    @property
    def part_h(self) -> NDArray[np.float32]: ...
    @property
    def components(self) -> list[dict[str, Any]]: ...
    @property
    def descriptions(self) -> list[dict[str, Any]]: ...
    @property
    def options(self) -> dict[str, str]: ...
    def sound(
        self, progress: _OnProgress = ...
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]: ...
    def write(
        self,
        folder: str,
        name: str,
        given: _Given,
        report_alone: bool = ...,
        progress: _OnProgress = ...,
    ) -> tuple[str, bool]: ...

def separate(
    y: _Floats,
    sr: float,
    given: _Given,
    w: Optional[NDArray[np.float32]] = ...,
    h: Optional[NDArray[np.float32]] = ...,
    progress: _OnProgress = ...,
) -> Separation: ...
def stft(y: NDArray[np.float32], *, n_fft: int, hop_length: int) -> NDArray[np.complex64]: ...
def istft(
    frames: NDArray[np.complex64], *, n_fft: int, hop_length: int, length: int
) -> NDArray[np.float32]: ...
