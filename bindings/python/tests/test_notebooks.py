"""The notebooks of examples/ run from their first cell to their last, as a person would run them."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

NEEDED = ("nbconvert", "nbclient", "ipykernel", "matplotlib", "soundfile", "sklearn")


@pytest.fixture
def execute(source, tmp_path):
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip("not installed: " + ", ".join(missing))
    kernel = tmp_path / "jupyter/kernels/python3"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    specification = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(specification))
    own = {name: str(tmp_path / name) for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR")}

    def run(name):
        environment = {**os.environ, **own, "JUPYTER_PATH": str(tmp_path / "jupyter")}
        command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", f"{name}.ipynb",
                   "--output-dir", str(tmp_path)]
        ran = subprocess.run(command, cwd=source / "examples", env=environment, capture_output=True,
                             text=True)
        assert ran.returncode == 0, ran.stderr[-4000:]
        return (tmp_path / f"{name}.html").read_text(encoding="utf-8")

    return run


def test_the_walk_of_the_starting_notebook_runs_and_shows_the_page(execute):
    page = execute("notebook")
    assert 'sandbox="allow-scripts allow-downloads"' in page
    assert page.count("jp-RenderedImage jp-OutputArea-output") == 4
    assert page.count("<audio") == 9  # the recording, six components, their sum and the residual
    assert "report.html" in page


def test_the_numbers_of_scikit_learn_come_out_side_by_side(execute):
    assert "W, H apart by" in execute("same_numbers")
