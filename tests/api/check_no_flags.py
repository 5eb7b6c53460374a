#!/usr/bin/env python3
"""The library does not know how a front end spells an option, so none of its texts holds a --flag.

check_no_flags.py ROOT         prints each string literal in src/ and include/ that holds a --flag
check_no_flags.py --self-test  plants such literals in a scratch tree and expects to find each
"""
import pathlib
import re
import sys
import tempfile

# Where flags and the command lines made of them are declared.
FLAGS_ARE_DECLARED_IN = {"src/options/option_table.cpp", "src/options/command_table.cpp"}
SOURCES = {".cpp", ".hpp", ".h", ".inl"}
# A comment, a raw string, a string or a character, whichever begins first.
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/
                       |R"(?P<mark>[^(\s]*)\((?P<raw>.*?)\)(?P=mark)"
                       |"(?P<text>(?:\\.|[^"\\\n])*)"
                       |'(?:\\.|[^'\\\n])+'""", re.VERBOSE | re.DOTALL)
FLAG = re.compile(r"--[a-z]")


def faults_of(path):
    """(line, literal) of each literal with a flag."""
    source = path.read_text(errors="replace")
    for token in TOKEN.finditer(source):
        literal = token["raw"] or token["text"] or ""
        if FLAG.search(literal):
            yield source.count("\n", 0, token.start()) + 1, literal


def all_faults(root):
    """(file, line, literal) of each fault; and how many files were read."""
    files = sorted(p for folder in ("src", "include") for p in (root / folder).rglob("*")
                   if p.suffix in SOURCES and p.relative_to(root).as_posix() not in FLAGS_ARE_DECLARED_IN)
    return [(p.relative_to(root).as_posix(), *fault) for p in files for fault in faults_of(p)], len(files)


def self_test():
    planted = {
        "src/disk/a.cpp": 'throw_cannot_write(path, "it exists; --force replaces it");\n',
        "src/run/a.cpp": 'text += "a \\"larger\\" "\n        "--max-iter";  // goes on\n',
        "src/options/run_options.cpp": 'auto x = R"(for --beta)";\n',
        "include/partwise/a.hpp": "inline const char* a = \"say --mono\";\n",
    }
    innocent = {
        "src/options/option_table.cpp": '"like --this"\n',
        "src/base/b.cpp": "// --force replaces it\n/* \"--force\" */ char c = '\"'; i--;  \"a -- b\"; \"---\";\n",
    }
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        for name, text in {**planted, **innocent}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = {path for path, _, _ in all_faults(root)[0]}
    for name in sorted(set(planted) - found):
        print(f"the planted flag in {name} was not found")
    for name in sorted(found - set(planted)):
        print(f"{name} is innocent and was blamed")
    return found == set(planted)


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(0 if self_test() else 1)
    faults, count = all_faults(pathlib.Path(sys.argv[1]))
    for path, line, literal in faults:
        print(f'{path}:{line}: "{literal}": name the option by OptionName, its front end spells it')
    if count == 0:
        print("there is nothing to read below", sys.argv[1])
    sys.exit(1 if faults or count == 0 else 0)


main()
