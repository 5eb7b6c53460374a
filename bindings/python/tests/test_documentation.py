"""The examples of the docstrings run."""

import doctest
import importlib
import importlib.util
import os
import subprocess
import sys

import pytest

pytest.importorskip("sklearn")


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", ["nmf", "decomposition", "separation", "spectra"])
def test_examples_run(name):
    ran = doctest.testmod(importlib.import_module(f"partwise.{name}"))
    assert ran.attempted > 0 and ran.failed == 0


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_examples_of_the_python_page_run(source):
    ran = doctest.testfile(str(source / "docs/python.md"), module_relative=False)
    assert ran.attempted > 10 and ran.failed == 0


def test_type_stubs_say_what_is_there(tmp_path):
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    environment = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path)}
    allowed = tmp_path / "allowed"  # pybind11's class, and a name bound in either branch of a try
    allowed.write_text("partwise\\._core\\.Separation(\\.__init__)?\npartwise\\._sklearn\\..*\n", encoding="utf-8")
    settings = tmp_path / "mypy.ini"
    settings.write_text("[mypy]\nignore_missing_imports = True\n", encoding="utf-8")
    ran = subprocess.run([sys.executable, "-m", "mypy.stubtest", "partwise", "--ignore-missing-stub",
                          "--mypy-config-file", str(settings), "--allowlist", str(allowed),
                          "--ignore-unused-allowlist"],
                         capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
