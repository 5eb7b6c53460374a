#!/usr/bin/env python3
"""Times the whole job, from file to parts, against the notebook's steps in numpy, scipy and scikit-learn.

usage: bench/whole_job.py [--program build/release/apps/partwise/partwise] [--runs 5] [--threads 1] [--input "4 s"]...

Needs Debian's python3-numpy, python3-scipy, python3-sklearn, python3-soundfile, sonic-pi-samples and time; see
recordings.py for the inputs, 22 050 Hz mono: a loop of 4 s, and pieces of music of 180 s together. Each run is a
whole process; the commands take turns, so that a machine that slows down slows all of them. bench/run gives the peer
OpenBLAS; started by itself, this takes numpy's BLAS as it is and says which.
Prints a table of medians and of the median ratio, pair by pair.
"""

import argparse
import os
import platform
import statistics
import subprocess
import tempfile
import time

import numpy as np
import sklearn
import soundfile

import recordings
import sklearn_peer

HERE = os.path.dirname(os.path.abspath(__file__))
INPUTS = {"4 s": "4 s", "180 s": "3 min"}


def write_inputs(names, folder):
    paths = {}
    for name in names:
        x, _ = recordings.recording(INPUTS[name])
        paths[name] = f"{folder}/{name.replace(' ', '')}.wav"
        soundfile.write(paths[name], np.clip(x, -1, 1), recordings.RATE_HZ, subtype="PCM_16")
    return paths


def run(command, threads):
    """Wall seconds and peak megabytes of one process. GNU time reports the peak, because a child forked from
    here would begin with the memory of this interpreter."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
    with tempfile.NamedTemporaryFile("r") as peak:
        begin = time.perf_counter()
        subprocess.run(
            ["/usr/bin/time", "-f", "%M", "-o", peak.name] + command,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - begin, int(peak.read()) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=f"{HERE}/../build/release/apps/partwise/partwise")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--input", action="append", choices=INPUTS)
    arguments = parser.parse_args()
    version = subprocess.run([arguments.program, "--version"], capture_output=True, text=True).stdout.strip()
    print(
        f"{version}; scikit-learn {sklearn.__version__}, numpy {np.__version__}, "
        f"{sklearn_peer.blas()}; {platform.machine()}, {arguments.threads} thread(s) each, "
        f"{arguments.runs} runs, medians\n"
    )
    print("| input | notebook's steps | partwise --librosa | ratio | partwise, default | ratio |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in write_inputs(arguments.input or list(INPUTS), folder).items():
            partwise = [
                arguments.program,
                "decompose",
                path,
                "--force",
                "--quiet",
                "--no-report",
                "--threads",
                str(arguments.threads),
                "-o",
                f"{folder}/ours",
            ]
            commands = {
                "peer": ["/usr/bin/python3", f"{HERE}/notebook_peer.py", path, f"{folder}/peer"],
                "librosa": partwise + ["--librosa"],
                "default": partwise,
            }
            results = {key: [] for key in commands}
            for _ in range(arguments.runs):
                for key, command in commands.items():
                    results[key].append(run(command, arguments.threads))
            seconds = {key: [s for s, _ in value] for key, value in results.items()}
            cells = [name]
            for key in commands:
                megabytes = max(m for _, m in results[key])
                cells.append(f"{statistics.median(seconds[key]):.3f} s, {megabytes:.0f} MB")
                if key != "peer":
                    ratios = [a / b for a, b in zip(seconds["peer"], seconds[key])]
                    cells.append(f"{statistics.median(ratios):.1f}x")
            print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
