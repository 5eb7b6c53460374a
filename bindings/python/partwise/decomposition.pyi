from typing import Any, Optional

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["decompose"]

def decompose(
    S: ArrayLike,
    *,
    n_components: Optional[int] = ...,
    transformer: Any = ...,
    sort: bool = ...,
    fit: bool = ...,
    **kwargs: Any,
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]: ...
