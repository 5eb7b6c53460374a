#!/usr/bin/env python3
"""The library never prints and never exits: its objects name nothing that does. Nor do they name anything of
Highway's library, of which only headers are used: who links partwise needs no libhwy.

check_symbols.py NM LIBRARY...                 fails if a library names one, or cannot be read
check_symbols.py --self-test NM COMPILER AR    plants faults and expects to find each
"""
import pathlib
import re
import subprocess
import sys
import tempfile

# Asserts stay: __assert_fail is not in the list, and std::terminate is the language's own.
FORBIDDEN = re.compile(
    r"^(std::(cout|cerr|clog|wcout|wcerr|exit|quick_exit|ios_base::Init.*)"
    r"|_?_?v?d?f?printf(_chk)?|puts|putchar|fputs|putc|fputc|perror|stdout|stderr"
    r"|_?exit|_Exit|quick_exit|abort|err|errx|warn|warnx|syslog"
    r"|hwy::.*|signal|setlocale|srand|rand)$")

# (library, symbol): why it may. Nothing so far.
ALLOWED = {}


def named_symbols(nm, library):
    """Undefined symbols of all members, demangled. Raises if nm fails or finds no object."""
    if not pathlib.Path(library).is_file():
        raise RuntimeError(f"{library} is missing")
    result = subprocess.run([nm, "-C", "-u", library], capture_output=True, text=True)
    if result.returncode != 0 or "no symbols" in result.stderr:
        raise RuntimeError(f"{nm} {library} failed: {result.stderr.strip()}")
    symbols = {line.split(None, 1)[1] for line in result.stdout.splitlines()
               if re.match(r"^\s+[Uw] ", line)}
    if not symbols:
        raise RuntimeError(f"{nm} found no symbol in {library}")
    return symbols


def faults_of(nm, library):
    name = pathlib.Path(library).name
    return [f"{name} names {symbol}" for symbol in sorted(named_symbols(nm, library))
            if FORBIDDEN.match(symbol.split("@")[0]) and (name, symbol) not in ALLOWED]


def self_test(nm, compiler, archiver):
    planted = {
        "cout": "#include <iostream>\nvoid f() { std::cout << 1; }",
        "printf": "#include <cstdio>\nvoid f(int i) { std::printf(\"%d\", i); }",
        "stderr": "#include <cstdio>\nvoid f() { std::fwrite(\"a\", 1, 1, stderr); }",
        "exit": "#include <cstdlib>\nvoid f() { std::exit(1); }",
        "hwy::Abort(int)": "namespace hwy { void Abort(int); }\nvoid f() { hwy::Abort(1); }",
        "abort": "#include <cstdlib>\nvoid f() { std::abort(); }",
    }
    innocent = ("#include <cassert>\n#include <cstdio>\n#include <string>\n"
                "std::string f(int i) { assert(i); char t[9]; std::snprintf(t, 9, \"%d\", i);"
                " return t; }")
    good = True

    def expect(condition, message):
        nonlocal good
        if not condition:
            print(message)
            good = False

    with tempfile.TemporaryDirectory() as scratch:
        def library_of(name, text):
            source, thing, library = (f"{scratch}/{name}.{end}" for end in ("cpp", "o", "a"))
            pathlib.Path(source).write_text(text)
            subprocess.run([compiler, "-c", source, "-o", thing], check=True)
            subprocess.run([archiver, "rc", library, thing], check=True)
            return library

        for name, text in planted.items():
            expect(faults_of(nm, library_of(name, text)), f"the planted {name} was not found")
        blamed = faults_of(nm, library_of("innocent", innocent))
        expect(not blamed, f"an innocent library was blamed: {blamed}")
        no_library = pathlib.Path(scratch, "text.a")
        no_library.write_text("no library")
        for case in (f"{scratch}/missing.a", str(no_library)):
            try:
                faults_of(nm, case)
                expect(False, f"{case} was passed over")
            except RuntimeError:
                pass
    return good


def main():
    if sys.argv[1] == "--self-test":
        sys.exit(0 if self_test(*sys.argv[2:5]) else 1)
    nm, libraries = sys.argv[1], sys.argv[2:]
    faults = [fault for library in libraries for fault in faults_of(nm, library)]
    print("\n".join(faults))
    sys.exit(1 if faults or not libraries else 0)


main()
