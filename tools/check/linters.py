"""Formatters and linters by kind of file. Each function returns whether its files passed."""

import os
import shutil
import subprocess
import sys

import tidy

LINTERS = ".deps/lint/bin"


def missing_tools():
    """The names of the tools that are not installed."""
    own = ("clang-format", "clang-tidy", "ruff")
    missing = [tool for tool in own if not os.access(f"{LINTERS}/{tool}", os.X_OK)]
    return missing + [tool for tool in ("shellcheck", "cmake") if not shutil.which(tool)]


def passes(*command):
    return subprocess.run(command, check=False).returncode == 0


def is_shell(path):
    if path.endswith(".sh"):
        return True
    if os.path.splitext(path)[1]:
        return False
    with open(path, "rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and first.split()[-1].endswith((b"/sh", b"bash"))


def is_page(path):
    return path.endswith((".js", ".mjs", ".css", ".html"))


def lint_cpp(files, fix):
    mode = ["-i"] if fix else ["--dry-run", "-Werror"]
    formatted = passes(f"{LINTERS}/clang-format", *mode, *files)
    return tidy.passes(f"{LINTERS}/clang-tidy", files) and formatted


def lint_python(files, fix):
    ruff = f"{LINTERS}/ruff"
    check = ["--fix"] if fix else []
    form = [] if fix else ["--check"]
    clean = passes(ruff, "check", "--quiet", "--force-exclude", *check, *files)
    return passes(ruff, "format", "--quiet", "--force-exclude", *form, *files) and clean


def lint_shell(files, fix):
    del fix  # shellcheck changes nothing
    return passes("shellcheck", "-x", *files)


def lint_page(files, fix):
    """Skipped without node, which nothing else here needs."""
    command = ["tools/lint_page", *(["--fix"] if fix else []), *files]
    return subprocess.run(command, check=False).returncode in (0, 77)


KINDS = (
    ("C++", lambda path: path.endswith((".cpp", ".hpp")), lint_cpp),
    ("Python", lambda path: path.endswith((".py", ".pyi")), lint_python),
    ("shell", is_shell, lint_shell),
    ("page", is_page, lint_page),
)


def lint(files, fix):
    """Checks the files by their kind and returns the names of the kinds that failed."""
    failed = []
    for name, belongs, check in KINDS:
        own = [path for path in files if belongs(path)]
        if own:
            print(f"check: {len(own)} files of {name}", file=sys.stderr)
            if not check(own, fix):
                failed.append(name)
    return failed
