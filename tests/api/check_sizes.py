#!/usr/bin/env python3
"""How large files and functions may be: half of all files under 100 lines, nine in ten under 200; no function over
60 lines or, outside kernels, with more than six parameters.

check_sizes.py ROOT          prints the figures and each fault, fails if there is one
check_sizes.py --self-test   plants a fault of each kind in a scratch tree and expects to find it
"""

import pathlib
import re
import sys
import tempfile

MEDIAN_FILE_LINES, MOST_IN_NINE_OF_TEN, MOST_FUNCTION_LINES, MOST_PARAMETERS = 100, 200, 60, 6
FOLDERS = ("src", "include", "apps", "bindings")
KINDS = {".cpp", ".hpp", ".py", ".pyi", ".js", ".css"}
TESTS = "bindings/python/tests/"

# path: functions that are over a limit still, and why. Nothing is added here.
LEFT = {
    # Public or bound to Python's own parameters: to be made smaller with the next change of their interface.
    "src/parts/gather_parts.cpp": {"gather_parts"},
    "bindings/python/src/factorize_binding.cpp": {"factorize_array"},
}

NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
NO_FUNCTION = re.compile(r"\s*(namespace|class|struct|enum|union|if|for|while|switch|else|do|try|catch|extern)\b")


def is_kernel(path):
    return path.startswith("src/kernels/") or path.endswith("-inl.hpp") or "_kernels" in path


def without_text(code):
    """The same lines without comments, strings and preprocessor lines."""
    blank = NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), code)
    return re.sub(r"(?m)^[ \t]*#(?:.*\\\n)*.*$", lambda found: "\n" * found[0].count("\n"), blank)


def parameters_of(header):
    """(name, number of parameters) of the function whose text up to `{` this is; None if it is none."""
    begin = header.find("(")
    if begin < 0 or NO_FUNCTION.match(header) or "[" in header[:begin] or "=" in header[:begin].replace("operator=", ""):
        return None
    name = header[:begin].split()[-1] if header[:begin].split() else ""
    if not re.search(r"\w", name):
        return None
    depth = commas = 0
    text = header[begin:]
    for at, letter in enumerate(text):
        depth += (letter in "([{<") - (letter in ")]}" or (letter == ">" and text[at - 1] != "-"))
        commas += letter == "," and depth == 1
        if depth == 0:
            return name, commas + 1 if text[1:at].strip() else 0
    return None


def functions_of(code):
    """(name, first line, lines, parameters) of each function body, outer ones and those of classes alike."""
    code = without_text(code)
    stack, found, start = [], [], 0
    for at, letter in enumerate(code):
        if letter == "{":
            stack.append((start, at))
            start = at + 1
        elif letter == "}" and stack:
            begin, brace = stack.pop()
            signature = parameters_of(code[begin:brace])
            if signature:
                first = begin + len(code[begin:brace]) - len(code[begin:brace].lstrip())
                lines = code.count("\n", first, at) + 1
                found.append((signature[0], code.count("\n", 0, first) + 1, lines, signature[1]))
            start = at + 1
        elif letter == ";" and code.count("(", start, at) == code.count(")", start, at):
            start = at + 1
    return found


def function_faults(path, code):
    left = set(LEFT.get(path, ()))
    for name, line, lines, parameters in functions_of(code):
        found = []
        if lines > MOST_FUNCTION_LINES:
            found.append(f"{path}:{line}: {name} has {lines} lines, at most {MOST_FUNCTION_LINES}")
        if parameters > MOST_PARAMETERS and not is_kernel(path):
            found.append(f"{path}:{line}: {name} has {parameters} parameters, at most {MOST_PARAMETERS}")
        if found and name.split("::")[-1] in LEFT.get(path, ()):
            left.discard(name.split("::")[-1])
        else:
            yield from found
    for name in sorted(left):
        yield f"{path}: {name} is within the limits now: take it off LEFT"


def all_faults(root):
    """The faults, and a line of figures."""
    files = {
        path.relative_to(root).as_posix(): path.read_text()
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in KINDS and path.is_file()
    }
    files = {path: code for path, code in files.items() if not path.startswith(TESTS)}
    if not files:
        return ["there is nothing to read"], ""
    lines = sorted(code.count("\n") for code in files.values())
    median, ninth = lines[len(lines) // 2], lines[len(lines) * 9 // 10]
    faults = []
    if median >= MEDIAN_FILE_LINES:
        faults.append(f"half of the files have {median} lines or more, expected under {MEDIAN_FILE_LINES}")
    if ninth >= MOST_IN_NINE_OF_TEN:
        faults.append(f"a tenth of the files have {ninth} lines or more, expected under {MOST_IN_NINE_OF_TEN}")
    for path, code in files.items():
        if path.endswith((".cpp", ".hpp")):
            faults += function_faults(path, code)
    return faults, f"{len(lines)} files: median {median} lines, nine in ten at most {ninth}, largest {lines[-1]}"


def self_test():
    body = "".join(f"  use({i});\n" for i in range(MOST_FUNCTION_LINES))
    many = ", ".join(f"std::map<int, int> p{i}" for i in range(MOST_PARAMETERS + 1))
    few = ", ".join(f"std::map<int, int> p{i}" for i in range(MOST_PARAMETERS))
    planted = {
        "long lines": f"void f() {{\n{body}}}\n",
        "a long method": f"class A {{\n  int f(int a)\n  const {{\n{body}  }}\n}};\n",
        "parameters": f"int f({many}) {{ return 1; }}\n",
        "a constructor": f"A::A({many})\n    : a_(1) {{\n}}\n",
        "a large file": "int a;\n" * MOST_IN_NINE_OF_TEN,
    }
    innocent = f'/* {{ */ namespace a {{\nclass B {{\n{body.replace("use", "int use")}}};\nint f({few}) {{ return "{{"[0]; }}\n}}\n'
    good = True
    for name, code in [*planted.items(), ("nothing", innocent)]:
        with tempfile.TemporaryDirectory() as scratch:
            path = pathlib.Path(scratch, "src/a/a.cpp")
            path.parent.mkdir(parents=True)
            path.write_text(code)
            faults, _ = all_faults(pathlib.Path(scratch))
            if bool(faults) != (name != "nothing"):
                print(f"planted {name}, found {faults}")
                good = False
    return good


def main():
    if sys.argv[1] == "--self-test":
        sys.exit(0 if self_test() else 1)
    faults, figures = all_faults(pathlib.Path(sys.argv[1]))
    print(figures, *faults, sep="\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
