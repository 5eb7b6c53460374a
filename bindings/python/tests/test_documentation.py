"""The examples of the docstrings run."""

import doctest
import importlib

import pytest

pytest.importorskip("sklearn")


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", ["nmf", "decomposition", "spectra"])
def test_examples_run(name):
    ran = doctest.testmod(importlib.import_module(f"partwise.{name}"))
    assert ran.attempted > 0 and ran.failed == 0
