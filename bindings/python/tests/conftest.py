import os
import pathlib

import numpy as np
import pytest

SOURCE = pathlib.Path(os.environ.get("PARTWISE_SOURCE", pathlib.Path(__file__).parents[3]))


@pytest.fixture(scope="session")
def source():
    return SOURCE


@pytest.fixture
def spectrum_like():
    """X (n_samples, n_features) of known rank with something left over."""

    def make(n_samples=37, n_features=53, rank=4, dtype=np.float64, seed=0):
        rng = np.random.RandomState(seed)
        X = rng.rand(n_samples, rank) @ rng.rand(rank, n_features)
        return (X + 0.05 * rng.rand(n_samples, n_features)).astype(dtype)

    return make
