"""The command ./check: see --help."""

import argparse
import os
import subprocess
import sys
import time

from changed_files import all_files, changed_files
from linters import lint, missing_tools
from touched_tests import run_touched_tests


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="./check",
        description="Checks the changed files: formatting, linters, layers, unit tests of the touched modules. "
        "Changed is what differs from main, is not committed, or is untracked.",
    )
    parser.add_argument("--all", action="store_true", help="format and lint the whole tree, run no unit tests")
    parser.add_argument("--fix", action="store_true", help="format the files and apply safe fixes first")
    return parser.parse_args()


def structure_faults():
    """What the tests of the tree's structure say, which need no build."""
    checks = {"layers": "check_layers.py", "sizes": "check_sizes.py"}
    return [
        name
        for name, script in checks.items()
        if subprocess.run([sys.executable, f"tests/api/{script}", "."], check=False).returncode != 0
    ]


def main():
    arguments = parse_arguments()
    begin = time.monotonic()
    missing = missing_tools()
    if missing:
        print(
            f"check: missing: {', '.join(missing)}. `./check --setup` installs them, and so does ./test.",
            file=sys.stderr,
        )
        return 2
    files = all_files() if arguments.all else changed_files()
    failed = lint(files, fix=arguments.fix)
    failed += structure_faults()
    if not arguments.all:
        failed += run_touched_tests(files)
    seconds = time.monotonic() - begin
    outcome = f"failed: {', '.join(failed)}" if failed else "passed"
    print(f"check: {len(files)} files, {seconds:.0f} s, {outcome}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(main())
