"""Builds and runs the unit tests of the modules that files belong to."""

import concurrent.futures
import os
import re
import subprocess
import sys

sys.path.insert(0, "tests/api")
from check_layers import PUBLIC_HEADERS

MODULE_OF_HEADER = {name: module for module, names in PUBLIC_HEADERS.items() for name in names.split()}


def targets_of(path):
    """The build targets that show whether a changed file works."""
    if found := re.match(r"src/(\w+)/", path):
        return {f"unit_{found[1]}"}
    if found := re.match(r"include/partwise/(\w+)\.hpp", path):
        return {f"unit_{MODULE_OF_HEADER.get(found[1], '')}"}
    if found := re.match(r"tests/(unit|property|golden)/(\w+)/", path):
        return {f"{found[1]}_{found[2]}"}
    if path.startswith("apps/"):
        return {"partwise_program"}
    if path.startswith("bindings/python/"):
        return {"partwise_python"}
    return set()


def existing(targets):
    """A test target exists where its folder has sources; `report` has its tests in two places, some have none."""
    kinds = ("unit_", "property_", "golden_")
    return sorted(
        target
        for target in targets
        if not target.startswith(kinds) or os.path.isdir("tests/" + target.replace("_", "/", 1))
    )


def build(targets):
    script = 'source tools/setup.sh && build dev "$@"'
    return subprocess.run(["bash", "-c", script, "build", *targets], check=False).returncode == 0


def run_program(target):
    result = subprocess.run(
        [f"build/dev/tests/{target}", "--gtest_brief=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return target, result.returncode, result.stdout


def page_fails(files):
    """Runs the tests of the page's modules if one of them, or a test, has changed. Without node they are skipped."""
    if not any(path.startswith(("src/report/page/", "tests/unit/report/page/")) for path in files):
        return False
    command = ["tests/unit/report/page/run.sh"]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode in (0, 77):
        return False
    print(result.stdout)
    return True


def run_touched_tests(files):
    """Returns the names of what failed: the build, test programs, or the page's modules."""
    return run_touched_programs(files) + (["page.modules"] if page_fails(files) else [])


def run_touched_programs(files):
    targets = existing(set().union(*map(targets_of, files)) if files else set())
    if not targets:
        return []
    print(f"check: {', '.join(targets)}", file=sys.stderr)
    if not build(targets):
        return ["build"]
    programs = [target for target in targets if not target.startswith("partwise_")]
    failed = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for target, code, output in pool.map(run_program, programs):
            if code != 0:
                print(output)
                failed.append(target)
    return failed
