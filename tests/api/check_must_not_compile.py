#!/usr/bin/env python3
"""check_must_not_compile.py FILE COMPILER FLAG...

FILE compiles as it stands, and with -DWRONG it does not, for the reason that its line
"// expect: REGEX" gives: a mistake of another kind must not pass for the one that is meant.
"""
import os
import pathlib
import re
import subprocess
import sys

source, compiler, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
expected = re.search(r"^// expect: (.+)$", pathlib.Path(source).read_text(), re.MULTILINE).group(1)


def compile_with(*more):
    command = [compiler, *flags, *more, "-fsyntax-only", source]
    environment = {**os.environ, "LC_ALL": "C"}  # messages in English
    return subprocess.run(command, capture_output=True, text=True, env=environment)


right = compile_with()
if right.returncode != 0:
    sys.exit(f"the right form does not compile:\n{right.stderr}")
wrong = compile_with("-DWRONG")
if wrong.returncode == 0:
    sys.exit("the wrong form compiles")
if not re.search(expected, wrong.stderr):
    sys.exit(f"the wrong form fails for another reason than {expected}:\n{wrong.stderr}")
