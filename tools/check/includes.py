"""Which files of the tree a C++ file includes, directly or through others, by reading its #include lines."""

import functools
import os
import re

ROOTS = ("include", "src", "apps/partwise", "bindings/python/src", "bench/native", "tests")
INCLUDE = re.compile(rb'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


@functools.cache
def direct_includes(path):
    with open(path, "rb") as file:
        names = [name.decode() for name in INCLUDE.findall(file.read())]
    found = set()
    for name in names:
        for root in (*ROOTS, os.path.dirname(path)):
            candidate = os.path.normpath(os.path.join(root, name))
            if os.path.isfile(candidate):
                found.add(candidate)
                break
    return frozenset(found)


@functools.cache
def all_includes(path):
    """The file itself and everything of the tree that it includes."""
    seen, waiting = set(), [path]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(direct_includes(current))
    return frozenset(seen)
