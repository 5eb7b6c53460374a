#!/usr/bin/env python3
"""Says what got slower or faster between two builds; bench/compare makes them.

usage: bench/compare.py BUILD_A BUILD_B [--rounds 7] [--margin 0.05] [--core N] [--smoke]

Every round measures all of A and all of B, in turn, so that a machine that slows down slows both. A row got slower if
the median of its ratios B / A exceeds 1 by more than the margin and by more than twice their quartiles' distance.
Exits with 1 if something got slower.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import soundfile

import factorization
import recordings

# Iterations of the plain solver in one run; the fast solver is timed to the objective that those reach in A.
ITERATIONS = {"4 s": 100, "3 min": 10, "smoke": 3}
NO_NOISE = 2  # times the distance of the quartiles


class Build:
    def __init__(self, folder):
        self.driver = f"{folder}/bench/partwise_bench_factorize"
        self.kernels = f"{folder}/bench/partwise_bench_kernels"
        self.program = f"{folder}/apps/partwise/partwise"


def kernel_times(build, smoke):
    """Seconds of every kernel and iteration that this build's own benchmark knows."""
    if not os.path.exists(build.kernels):
        return {}
    with tempfile.NamedTemporaryFile("r") as file:
        subprocess.run(
            [build.kernels, "--smoke" if smoke else "--quick", "--json", file.name],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = json.load(file)
    times = {f"kernel {row['name']}, K={row['k']}": row["seconds"] for row in found["kernels"]}
    times.update(
        {f"iteration {row['name']}, {row['size']}, K={row['k']}": row["seconds"] for row in found["iterations"]}
    )
    return times


class Problem:
    """A recording, a loss and K: with the target of the fast solver."""

    def __init__(self, builds, size, loss, components, folder):
        self.size, self.loss, self.components = size, loss, components
        self.folder = f"{folder}/{size}-{loss}-{components}".replace(" ", "")
        os.makedirs(self.folder)
        self.data = factorization.Data(size, loss, self.folder)
        said, *_ = self.drive(builds[0], factorization.PLAIN[loss], iterations=ITERATIONS[size])
        self.target = said["objective"]

    def drive(self, build, solver, **options):
        return factorization.drive(
            build.driver, self.data, self.folder, self.loss, self.components, solver, 0, **options
        )

    def times(self, build):
        name = f"{self.loss}, {self.size}, K={self.components}"
        plain = factorization.PLAIN[self.loss]
        said, *_ = self.drive(build, plain, iterations=ITERATIONS[self.size])
        times = {f"solver {plain} {name}": said["total_seconds"][0]}
        found = self.drive(build, "fast", target=self.target, time_limit=10 * said["total_seconds"][0] + 1.0)
        if found:
            # Not to get there is slower than anything.
            times[f"solver fast {name}"] = found[0]["seconds"][0] if found[0]["reached"] else float("inf")
        return times


def job_times(build, paths, folder, processors):
    """Seconds of the whole program on all processors, parts written."""
    times = {}
    for name, path in paths.items():
        command = [
            "taskset",
            "-c",
            ",".join(map(str, sorted(processors))),
            build.program,
            "decompose",
            path,
            "--force",
            "--quiet",
            "--no-report",
            "-o",
            f"{folder}/parts",
        ]
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times[f"whole job {name}"] = time.perf_counter() - begin
    return times


def write_recordings(sizes, folder):
    paths = {}
    for size in sizes:
        paths[size] = f"{folder}/{size.replace(' ', '')}.wav"
        soundfile.write(
            paths[size], np.clip(recordings.recording(size)[0], -1, 1), recordings.RATE_HZ, subtype="PCM_16"
        )
    return paths


def verdict(ratios, margin):
    """The median ratio, its noise, and "slower", "faster" or ""."""
    middle = statistics.median(ratios)
    if len(ratios) > 1 and np.isfinite(ratios).all():
        first, _, third = statistics.quantiles(ratios, n=4)
        noise = third - first
    else:
        noise = 0.0
    beyond = max(margin, NO_NOISE * noise)
    return middle, noise, "slower" if middle > 1 + beyond else "faster" if middle < 1 / (1 + beyond) else ""


def report(times, margin):
    """Prints the table, what changed first; returns the names of the rows that got slower."""
    rows = []
    for name in times[0][0]:
        if name not in times[1][0]:
            continue
        a, b = ([round_times[name] for round_times in side] for side in times)
        with np.errstate(invalid="ignore"):
            ratios = [float(np.nan_to_num(y / x, nan=1.0, posinf=np.inf)) for x, y in zip(np.array(a), np.array(b))]
        rows.append((name, statistics.median(a), statistics.median(b), *verdict(ratios, margin)))
    rows.sort(key=lambda row: (row[5] == "", -row[3]))
    print("| what | A | B | B / A | noise | |\n|---|---|---|---|---|---|")
    for name, a, b, ratio, noise, word in rows:
        print(f"| {name} | {a * 1e3:.4g} ms | {b * 1e3:.4g} ms | {ratio:.3f} | {noise:.3f} | {word} |")
    for one, other, label in ((0, 1, "A"), (1, 0, "B")):
        alone = [name for name in times[one][0] if name not in times[other][0]]
        if alone:
            print(f"\nOnly in {label}: {'; '.join(alone)}.")
    return [row[0] for row in rows if row[5] == "slower"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("builds", nargs=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--margin", type=float, default=0.05)
    parser.add_argument("--core", type=int, help="the processor that all but the whole job stays on")
    parser.add_argument("--smoke", action="store_true", help="shows that everything runs")
    arguments = parser.parse_args()
    processors = os.sched_getaffinity(0)
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    builds = [Build(folder) for folder in arguments.builds]
    sizes, components = (["smoke"], [2]) if arguments.smoke else (["4 s", "3 min"], [6, 16, 64])
    times = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        problems = [
            Problem(builds, size, loss, k, folder)
            for size in sizes
            for loss in factorization.LOSSES
            for k in components
        ]
        paths = write_recordings(sizes, folder)
        for round_number in range(arguments.rounds):
            order = (0, 1) if round_number % 2 == 0 else (1, 0)
            found = {}
            for side in order:
                found[side] = kernel_times(builds[side], arguments.smoke)
            for problem in problems:  # A and B of one problem close together
                for side in order:
                    found[side].update(problem.times(builds[side]))
            for side in order:
                found[side].update(job_times(builds[side], paths, folder, processors))
            for side in order:
                times[side].append(found[side])
            print(f"round {round_number + 1} of {arguments.rounds}", file=sys.stderr)
    slower = report(times, arguments.margin)
    if slower:
        print(f"\nSlower by more than {arguments.margin:.0%} and the noise: {'; '.join(slower)}.")
        sys.exit(1)
    print(f"\nNothing got slower by more than {arguments.margin:.0%} and the noise.")


if __name__ == "__main__":
    main()
