from collections.abc import Callable, Sequence
from typing import Any, Literal, Optional, Union

import numpy as np
from numpy.random import RandomState
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin

__all__ = ["NMF", "non_negative_factorization"]

_Floats = NDArray[np.floating[Any]]
_Init = Literal["random", "nndsvd", "nndsvda", "nndsvdar", "custom"]
_Loss = Union[float, Literal["frobenius", "kullback-leibler", "itakura-saito"]]
_Random = Union[int, RandomState, None]

class NMF(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):
    components_: _Floats
    n_components_: int
    reconstruction_err_: float
    n_iter_: int
    n_features_in_: int
    feature_names_in_: NDArray[np.object_]
    objective_: NDArray[np.float64]
    def __init__(
        self,
        n_components: Union[int, Literal["auto"], None] = ...,
        *,
        init: Optional[_Init] = ...,
        solver: Literal["cd", "mu", "fast"] = ...,
        beta_loss: _Loss = ...,
        tol: float = ...,
        max_iter: int = ...,
        random_state: _Random = ...,
        alpha_W: float = ...,
        alpha_H: Union[float, Literal["same"]] = ...,
        l1_ratio: float = ...,
        verbose: int = ...,
        shuffle: bool = ...,
        fixed_components: Optional[Sequence[bool]] = ...,
        callback: Union[Callable[[int, float], object], Literal["tqdm"], None] = ...,
        n_threads: Optional[int] = ...,
    ) -> None: ...
    def fit(self, X: ArrayLike, y: Any = ..., **params: Any) -> NMF: ...
    def fit_transform(
        self,
        X: ArrayLike,
        y: Any = ...,
        W: Optional[ArrayLike] = ...,
        H: Optional[ArrayLike] = ...,
    ) -> _Floats: ...
    def transform(self, X: ArrayLike) -> _Floats: ...
    def inverse_transform(
        self,
        X: Optional[ArrayLike] = ...,
        *,
        Xt: Optional[ArrayLike] = ...,
        W: Optional[ArrayLike] = ...,
    ) -> _Floats: ...

def non_negative_factorization(
    X: ArrayLike,
    W: Optional[ArrayLike] = ...,
    H: Optional[ArrayLike] = ...,
    n_components: Union[int, Literal["auto"], None] = ...,
    *,
    init: Optional[_Init] = ...,
    update_H: bool = ...,
    solver: Literal["cd", "mu"] = ...,
    beta_loss: _Loss = ...,
    tol: float = ...,
    max_iter: int = ...,
    alpha_W: float = ...,
    alpha_H: Union[float, Literal["same"]] = ...,
    l1_ratio: float = ...,
    random_state: _Random = ...,
    verbose: int = ...,
    shuffle: bool = ...,
) -> tuple[_Floats, _Floats, int]: ...
