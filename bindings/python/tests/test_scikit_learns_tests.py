"""scikit-learn's own tests of NMF, as they are installed, with partwise's NMF in the place of theirs."""

import ast
import importlib.util
import pathlib
import re
import subprocess
import sys

import pytest

# 1.2.1 has 197 cases. 138 call NMF or non_negative_factorization; the other 59 look at the inside of
# scikit-learn's module or at MiniBatchNMF, and pass whatever ours does. Other versions have a few more or less.
FEWEST_PASSED = 150


def substituted(text):
    """The file's text with our names bound after its imports."""
    imports = [node for node in ast.parse(text).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    lines = text.splitlines()
    lines.insert(imports[-1].end_lineno, "from partwise import NMF, non_negative_factorization")
    return "\n".join(lines) + "\n"


def test_every_test_of_scikit_learn_passes(tmp_path):
    pytest.importorskip("sklearn")
    found = importlib.util.find_spec("sklearn.decomposition.tests.test_nmf")
    if found is None:
        pytest.skip("this scikit-learn was installed without its tests")
    text = substituted(pathlib.Path(found.origin).read_text(encoding="utf-8"))
    (tmp_path / "test_nmf_substituted.py").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path),
         str(tmp_path / "test_nmf_substituted.py")], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    passed = int(re.search(r"(\d+) passed", ran.stdout)[1])
    assert passed >= FEWEST_PASSED
    assert "failed" not in ran.stdout
