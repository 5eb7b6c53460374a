#!/usr/bin/env python3
"""./check finds what is wrong with changed files: a fault of each kind is planted in a scratch repository.

Skipped (77) where the linters are not installed: `./check --setup`.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SETTINGS = (".clang-format", ".clang-tidy", ".gitignore", "pyproject.toml", "tools/check", "tests/api/check_layers.py")
CLEAN = "int twice(int value) { return 2 * value; }\n"
# Where a fault is put, what it is, and the kind of check that has to name it.
FAULTS = {
    "a line that clang-format would break": ("tests/unit/base/a_test.cpp", "int  a = 1;\n", "C++"),
    "what clang-tidy warns of": ("src/base/twice.cpp", "int* twice() { return 0; }\n", "C++"),
    "an unused import": ("bench/a.py", "import os\n", "Python"),
    "a file that ruff would format": ("bench/a.py", "a = {1:2}\n", "Python"),
    "a word that the shell splits": ("tools/a", "#!/bin/sh\nrm $1\n", "shell"),
    "an include that runs the wrong way": ("src/base/b.hpp", "#pragma once\n#include <nmf/loss.hpp>\n", "layers"),
}


def run(*command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


class Check(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        for name in SETTINGS:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
        (self.folder / "tests/api/check_sizes.py").write_text("")
        (self.folder / ".deps").mkdir()
        (self.folder / ".deps/lint").symlink_to(ROOT / ".deps/lint")
        self.put("src/base/twice.cpp", CLEAN)
        self.put("src/base/nmf.hpp", "#pragma once\n")
        self.put("src/nmf/loss.hpp", "#pragma once\n")
        unit = {"directory": str(self.folder), "file": str(self.folder / "src/base/twice.cpp")}
        unit["command"] = f"c++ -std=c++20 -c {unit['file']}"
        self.put("build/dev/compile_commands.json", json.dumps([unit]))
        self.git("init", "-q", "-b", "main")
        self.commit()

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def git(self, *arguments):
        who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
        self.assertEqual(run("git", *who, *arguments, folder=self.folder).returncode, 0)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a")

    def check(self, *arguments):
        # Unit tests of touched modules are built by the project itself, which is not here.
        code = "import sys, runpy, touched_tests\ntouched_tests.build = lambda targets: True\n"
        code += "touched_tests.run_program = lambda target: (target, 0, '')\n"
        code += "sys.argv[0] = 'check'\nrunpy.run_path('tools/check/__main__.py', run_name='__main__')"
        environment = {**os.environ, "PYTHONPATH": "tools/check", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment
        )

    def test_each_planted_fault_is_named(self):
        for name, (path, text, kind) in FAULTS.items():
            with self.subTest(name):
                before = (self.folder / path).read_text() if (self.folder / path).exists() else None
                self.put(path, text)
                found = self.check()
                self.assertEqual(found.returncode, 1, found.stderr + found.stdout)
                self.assertIn(f"failed: {kind}", found.stderr)
                if before is None:
                    (self.folder / path).unlink()
                else:
                    self.put(path, before)

    def test_nothing_changed_and_nothing_wrong_pass(self):
        for arguments in ([], ["--all"]):
            found = self.check(*arguments)
            self.assertEqual(found.returncode, 0, found.stderr + found.stdout)

    def test_a_fault_that_is_committed_on_a_branch_is_found_and_one_on_main_is_not(self):
        self.git("checkout", "-q", "-b", "work")
        self.put("bench/a.py", "import os\n")
        self.commit()
        self.assertIn("failed: Python", self.check().stderr)
        self.git("branch", "-f", "main")
        self.assertEqual(self.check().returncode, 0)
        self.assertIn("failed: Python", self.check("--all").stderr)

    def test_fix_formats_the_changed_files(self):
        self.put("tests/unit/base/a_test.cpp", "int  a = 1;\n")
        self.put("bench/a.py", "a = {1:2}\n")
        self.assertEqual(self.check("--fix").returncode, 0)
        self.assertEqual((self.folder / "tests/unit/base/a_test.cpp").read_text(), "int a = 1;\n")
        self.assertEqual((self.folder / "bench/a.py").read_text(), "a = {1: 2}\n")

    def test_a_unit_that_passed_is_looked_at_again_only_when_it_changes(self):
        marks = self.folder / "build/lint"
        for text, expected in ((CLEAN + "\n// a\n", 1), (CLEAN + "\n// a\n", 1), (CLEAN + "\n// b\n", 2)):
            self.put("src/base/twice.cpp", text)
            self.check()
            self.assertEqual(len(list(marks.iterdir())), expected)


if __name__ == "__main__":
    if not (ROOT / ".deps/lint/bin/clang-tidy").exists() or not shutil.which("shellcheck"):
        print("skipped: the linters are not installed")
        sys.exit(77)
    unittest.main()
