"""Runs clang-tidy on translation units, side by side. A unit that passed is not looked at again until it,
a file it includes, its command line, the checks or clang-tidy itself change: build/lint keeps a mark for it."""

import concurrent.futures
import glob
import hashlib
import json
import os
import subprocess
import sys

from includes import all_includes

LINTED = ("src/", "include/", "apps/", "bindings/", "bench/")
BUILD = "build/dev"
MARKS = "build/lint"


def configure():
    """The compile commands are those of the preset dev."""
    if os.path.isfile(f"{BUILD}/compile_commands.json"):
        return True
    command = ["bash", "-c", "source tools/setup.sh && configure dev"]
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def compile_commands():
    """The command line of each translation unit, by its path in the tree."""
    root = os.getcwd()
    with open(f"{BUILD}/compile_commands.json", encoding="utf-8") as file:
        commands = {os.path.relpath(unit["file"], root): unit["command"] for unit in json.load(file)}
    return {path: command for path, command in commands.items() if path.startswith(LINTED)}


def units_for(files, commands):
    """The changed units, and for each changed header the smallest unit that includes it."""
    units = {path for path in files if path in commands}
    covered = set().union(*map(all_includes, units)) if units else set()
    for header in files:
        if header.startswith(LINTED) and header.endswith(".hpp") and header not in covered:
            users = [unit for unit in commands if os.path.isfile(unit) and header in all_includes(unit)]
            if users:
                units.add(min(users, key=lambda unit: (len(all_includes(unit)), unit)))
    return sorted(units)


def digest(tool, unit, command):
    """Changes with everything that clang-tidy's answer depends on, but for the system's headers."""
    configs = [".clang-tidy", *glob.glob("src/*/.clang-tidy")]
    state = hashlib.sha256(f"{os.path.getsize(tool)} {command}".encode())
    for path in sorted(all_includes(unit)) + sorted(configs):
        with open(path, "rb") as file:
            state.update(path.encode() + b"\0" + file.read())
    return state.hexdigest()


def check_unit(tool, unit, command):
    """What clang-tidy has to say of a unit; nothing where it passes."""
    mark = f"{MARKS}/{digest(tool, unit, command)}"
    if os.path.exists(mark):
        return ""
    arguments = [tool, "-p", BUILD, "--quiet", "--warnings-as-errors=*", unit]
    result = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return result.stdout or result.stderr
    os.makedirs(MARKS, exist_ok=True)
    with open(mark, "w", encoding="utf-8"):
        pass
    return ""


def passes(tool, files):
    """Whether clang-tidy finds nothing in the files; prints what it finds, each line once."""
    if not any(path.startswith(LINTED) for path in files):
        return True
    if not configure():
        return False
    commands = compile_commands()
    printed = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(check_unit, tool, unit, commands[unit]) for unit in units_for(files, commands)]
        outputs = [job.result() for job in jobs]
    for output in filter(None, outputs):
        for line in output.splitlines():
            if line not in printed:
                printed.add(line)
                print(line)
    return not any(outputs)
