"""`pip install .` as the README has it: no package index, a venv that sees the system's numpy."""

import os
import pathlib
import subprocess
import sys
import venv
import zipfile

import pytest

# The build folder that made the module under test, so that nothing is compiled again.
BUILD = os.environ.get("PARTWISE_BUILD_DIR")
pytestmark = pytest.mark.skipif(not BUILD, reason="PARTWISE_BUILD_DIR names no build folder")

PROGRAM = """
import numpy as np, partwise
assert partwise.__file__.startswith({prefix!r}), partwise.__file__
W = partwise.NMF(2, random_state=0).fit_transform(np.ones((5, 4)))
print(partwise.__version__, W.shape)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, system_site_packages=True, with_pip=True, symlinks=True)
    return folder / "bin/python"


def run(*arguments, cwd):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment.update(PARTWISE_BUILD_DIR=BUILD, PIP_CONFIG_FILE=os.devnull)
    ran = subprocess.run([str(a) for a in arguments], cwd=cwd, env=environment, capture_output=True,
                         text=True)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout


def test_pip_installs_the_tree_without_an_index(python, source, tmp_path):
    run(python, "-m", "pip", "wheel", "--no-index", "--no-deps", "-w", tmp_path, source,
        cwd=tmp_path)
    wheel, = tmp_path.glob("partwise-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    package = source / "bindings/python/partwise"
    for file in [*package.glob("*.py"), *package.glob("*.pyi"), package / "py.typed"]:
        assert f"partwise/{file.name}" in names
    assert sum(name.endswith(".so") for name in names) == 1
    assert any(name.endswith(".dist-info/LICENSE") for name in names)
    run(python, "-m", "pip", "install", "--no-index", wheel, cwd=tmp_path)
    program = PROGRAM.format(prefix=str(python.parents[1]))
    version = run(python, "-c", program, cwd=tmp_path).split()[0]
    assert f'kVersion = "{version}"' in (source / "include/partwise/version.hpp").read_text()


def test_the_module_links_no_codec_library():
    if sys.platform != "linux":
        pytest.skip("reads ELF by ldd")
    module, = pathlib.Path(BUILD, "bindings/python/partwise").glob("_core*.so")
    linked = subprocess.run(["ldd", str(module)], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("sndfile", "soxr", "curl", "ebur128") if name in linked]
