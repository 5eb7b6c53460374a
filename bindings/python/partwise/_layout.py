"""How arrays lie in memory, and which of them the core reads without a copy."""

import numpy as np


def _lie_side_by_side(X):
    size = X.itemsize
    return (
        X.flags.aligned
        and X.dtype.isnative
        and (X.shape[1] <= 1 or X.strides[1] == size)
        and (X.shape[0] <= 1 or (X.strides[0] >= X.shape[1] * size and X.strides[0] % size == 0))
    )


def rows_side_by_side(X):
    """X itself where the core can read it as it lies, else a copy."""
    if _lie_side_by_side(X):
        return X
    return np.array(X, dtype=X.dtype.newbyteorder("="), order="C")


def only_transpose_is_rows(X):
    """Whether X.T could be read as it lies, and X could not: librosa hands over S.T."""
    return not _lie_side_by_side(X) and _lie_side_by_side(X.T)
