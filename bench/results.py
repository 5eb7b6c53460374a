#!/usr/bin/env python3
"""Prints RESULTS.md from what bench/run measured.

usage: bench/results.py --driver PROGRAM --out DIR [--quick] [--notes FILE]

The section "Notes" of the file given (bench/RESULTS.md unless --notes says another) is written by hand and kept.
"""

import argparse
import datetime
import os
import platform
import statistics
import subprocess

import numpy
import scipy
import sklearn

import factorization
import recordings
import records
import sklearn_peer

NOTES = "## Notes"


def first_line(path, field):
    with open(path) as file:
        for line in file:
            if line.startswith(field):
                return line.split(":" if ":" in line else "=", 1)[1].strip().strip('"')
    return "unknown"


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=recordings.ROOT).stdout.strip()
    except OSError:
        return ""


def text_of(path):
    if not os.path.exists(path):
        return "not measured\n"
    with open(path) as file:
        return file.read()


def heading(arguments):
    commit = output("git", "rev-parse", "--short", "HEAD") or "unknown"
    if output("git", "status", "--porcelain", "--untracked-files=no"):
        commit += " with changes"
    caches = [line for line in output("lscpu").splitlines() if line.startswith(("L1d", "L2", "L3"))]
    caches = ", ".join(" ".join(line.replace(" cache", "").split()) for line in caches)
    extent = " --quick" if arguments.quick else " --smoke" if arguments.smoke else ""
    load = text_of(f"{arguments.out}/load.txt").strip()
    compiler = (output("g++", "--version").splitlines() or ["g++ unknown"])[0]
    processor, system = first_line("/proc/cpuinfo", "model name"), first_line("/etc/os-release", "PRETTY_NAME")
    return f"""# Results of the last run

`bench/run{extent}`, {datetime.date.today()}, commit {commit}. {processor}, {os.cpu_count()} processors,
{caches}; {system}, {platform.machine()}. {compiler}, Release.
scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, scipy {scipy.__version__}, {sklearn_peer.blas()}.
Load of the machine when it began: {load}. [README.md](README.md) says how each figure is taken and how to read it.
"""


def seconds(value):
    return f"{value:.3g} s"


def ours_cells(peers, ours):
    """Time, ratio with its range, and how many of the seeds got there. One that did not counts as slower than all."""
    if not ours:
        return ["-", "-", "-"]
    pairs = [
        (peer["seconds"] / our["seconds"] if our["reached"] else 0.0, peer, our)
        for peer in peers
        for our in ours
        if our["seed"] == peer["seed"]
    ]
    reached = sorted(ratio for ratio, _, our in pairs if our["reached"])
    counted = f"{len(reached)}/{len(pairs)}"
    missed = [our["objective"] / peer["objective"] - 1 for _, peer, our in pairs if not our["reached"]]
    if missed:
        counted += f", else {max(missed):+.2g} of it"
    middle = statistics.median(ratio for ratio, *_ in pairs)
    if len(reached) * 2 <= len(pairs) or middle == 0:
        return ["-", "not reached", counted]
    spread = f" ({reached[0]:.1f}-{reached[-1]:.1f})" if len(reached) > 1 else ""
    time = statistics.median(our["seconds"] if our["reached"] else float("inf") for _, _, our in pairs)
    iterations = statistics.median(our["iterations"] for _, _, our in pairs)
    return [f"{seconds(time)} ({iterations:.0f})", f"**{middle:.1f}x**{spread}", counted]


def factorization_table(log, build):
    lines = [
        "| V | loss | K | scikit-learn (iterations) | plain solver | ratio | reached | fast solver | ratio | reached |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    sources = {}
    cells = dict.fromkeys((peer["size"], peer["loss"], peer["k"]) for peer in log.all(kind="peer", build=build))
    for size, loss, k in cells:
        key = {"build": build, "size": size, "loss": loss, "k": k}
        peers = list({peer["seed"]: peer for peer in log.all(kind="peer", **key)}.values())
        sources[size] = f"{peers[0]['source']}, {peers[0]['shape'][1]} bins x {peers[0]['shape'][0]} frames"
        iterations = statistics.median(peer["iterations"] for peer in peers)
        cap = ", capped" if any(peer["capped"] for peer in peers) else ""
        row = [
            size,
            loss,
            str(k),
            f"{seconds(statistics.median(peer['seconds'] for peer in peers))} ({iterations:.0f}{cap})",
        ]
        for solver in (factorization.PLAIN[loss], "fast"):
            ours = {our["seed"]: our for our in log.all(kind="ours", solver=solver, **key)}
            row += ours_cells(peers, list(ours.values()))
        lines.append("| " + " | ".join(row) + " |")
    lines += [""] + [f"{size}: {source}." for size, source in sources.items()]
    return "\n".join(lines) + "\n"


def threads_table(log, build):
    lines = [
        "| V | loss, solver | K | 1 thread | 2 threads | ratio | same bits | memory beside V | H |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['size']} ({row['v_bytes'] / 1e6:.1f} MB) | {row['loss']}, {row['solver']} | {row['k']} | "
        f"{seconds(row['seconds_1'])} | {seconds(row['seconds_2'])} | {row['ratio']:.2f}x | "
        f"{'yes' if row['same_bits'] else '**no**'} | {row['extra_bytes'] / 1e6:.1f} MB | "
        f"{row['h_bytes'] / 1e6:.1f} MB |"
        for row in log.all(kind="threads", build=build)
    ]
    return "\n".join(lines) + "\n"


def notes(path):
    text = text_of(path)
    return text[text.index(NOTES) :] if NOTES in text else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--notes", default=f"{recordings.ROOT}/bench/RESULTS.md")
    arguments = parser.parse_args()
    log = records.Records(f"{arguments.out}/factorization.jsonl")
    build = records.file_id(arguments.driver)
    sections = [
        heading(arguments),
        "## Kernels in cache, and whole iterations\n\n" + text_of(f"{arguments.out}/kernels.md"),
        "## Time to scikit-learn's objective, one thread each\n\n" + factorization_table(log, build),
        "## Two threads, and memory\n\n" + threads_table(log, build),
        "## The whole job\n\n"
        + text_of(f"{arguments.out}/whole-job-1.md")
        + "\n"
        + text_of(f"{arguments.out}/whole-job-2.md"),
        "## From Python, one thread\n\n" + text_of(f"{arguments.out}/python.md"),
    ]
    kept = notes(arguments.notes)
    print("\n".join(sections + ([kept] if kept else [])).rstrip("\n"))


if __name__ == "__main__":
    main()
