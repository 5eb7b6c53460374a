import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Optional, TypedDict, Union

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

__all__ = ["Separation", "separate"]

_Path = Union[str, os.PathLike[str]]
_OnProgress = Union[Callable[[str, float, int, float], object], Literal["tqdm"], None]

class _Description(TypedDict):
    peak_hz: float
    note: str
    energy_share: float
    first_onset_s: float

def separate(
    y: NDArray[np.floating[Any]],
    sr: float,
    *,
    callback: _OnProgress = ...,
    name: str = ...,
    n_components: int = ...,
    n_parts: Union[int, Literal["auto"], None] = ...,
    method: Literal["auto", "plain", "merge", "drums"] = ...,
    beta_loss: Union[float, Literal["kullback-leibler", "frobenius", "itakura-saito"]] = ...,
    solver: Literal["auto", "fast", "cd", "mu"] = ...,
    precision: Literal["float32", "bf16", "float64"] = ...,
    init: Union[str, _Path, tuple[ArrayLike, ArrayLike]] = ...,
    max_iter: int = ...,
    tol: float = ...,
    random_state: int = ...,
    l1: float = ...,
    l2: float = ...,
    continuity: float = ...,
    n_fft: Optional[int] = ...,
    hop_length: Optional[int] = ...,
    power: Literal[1, 2] = ...,
    resynthesis: Literal["mask", "factors"] = ...,
    mask_exponent: float = ...,
    sort: Literal["peak", "energy", "onset", "none"] = ...,
    names: Union[str, Sequence[str], None] = ...,
    threads: Optional[int] = ...,
    librosa: bool = ...,
) -> Separation: ...

class Separation:
    sr: float
    name: str
    def __init__(self, run: Any, sr: float, mono: bool, name: str) -> None: ...
    @property
    def W(self) -> NDArray[np.float32]: ...
    @property
    def H(self) -> NDArray[np.float32]: ...
    @property
    def S(self) -> NDArray[np.float32]: ...
    @property
    def parts(self) -> NDArray[np.float32]: ...
    @property
    def mix(self) -> NDArray[np.float32]: ...
    @property
    def residual(self) -> NDArray[np.float32]: ...
    @property
    def objective(self) -> NDArray[np.float64]: ...
    @property
    def frequencies_hz(self) -> NDArray[np.float64]: ...
    @property
    def times_s(self) -> NDArray[np.float64]: ...
    @property
    def n_samples(self) -> int: ...
    @property
    def n_iter(self) -> int: ...
    @property
    def power(self) -> int: ...
    @property
    def names(self) -> list[str]: ...
    @property
    def groups(self) -> list[list[int]]: ...
    @property
    def descriptions(self) -> list[_Description]: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def summary(self) -> dict[str, Any]: ...
    def __len__(self) -> int: ...
    def save(
        self,
        folder: _Path,
        *,
        callback: _OnProgress = ...,
        names: Union[str, Sequence[str], None] = ...,
        only: Union[str, Sequence[str], None] = ...,
        format: Literal["wav", "wav24", "wav16"] = ...,
        force: bool = ...,
        no_report: bool = ...,
        no_events: bool = ...,
        one_shots: bool = ...,
        session: Optional[Literal["reaper", "dawproject", "none"]] = ...,
        pictures: bool = ...,
        report_audio: Literal["auto", "wav", "none"] = ...,
        report_size: float = ...,
    ) -> Path: ...
    def report(self, **options: Any) -> str: ...
    def plot_spectra(self, ax: Optional[Axes] = ..., **line: Any) -> Axes: ...
    def plot_activations(self, ax: Optional[Axes] = ..., **line: Any) -> Axes: ...
    def plot_spectrogram(
        self,
        ax: Optional[Axes] = ...,
        *,
        part: Optional[int] = ...,
        depth_db: float = ...,
        colorbar: bool = ...,
        **mesh: Any,
    ) -> Axes: ...
