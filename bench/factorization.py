#!/usr/bin/env python3
"""Times partwise's factorization against scikit-learn's own solver functions, side by side in one run.

usage: bench/factorization.py --driver PROGRAM [--quick | --smoke] [--out DIR] [--size NAME]... [--loss NAME]...
                              [--components K]... [--seeds N] [--any-blas]

For each recording, loss and K, and for each seed: both sides get the same V and begin with the same random W and H,
those of the seed. scikit-learn runs to its own end (its defaults: tol 1e-4, at most 200 iterations; fewer for 30
minutes, see CAPS); the time is that of its solver function alone, on the layout of V it is fastest with. partwise
makes its start itself, which is counted, then runs until its objective is no higher (the fast solver may take another
start if that leads lower on the coarsest frames), and what it found is judged by the same evaluator in double
(evaluate.py) as what scikit-learn found. One thread each.
Results are appended to DIR/factorization.jsonl; what is there already, of this build, is not measured again.
"""

import argparse
import json
import subprocess
import tempfile

import numpy as np

import evaluate
import recordings
import records
import sklearn_peer

LOSSES = {"Frobenius": 2, "KL": 1, "IS": 0}
PLAIN = {"Frobenius": "cd", "KL": "mu", "IS": "mu"}
COMPONENTS = [6, 16, 64]
SEEDS = {"4 s": 5, "3 min": 3, "30 min": 1}
# scikit-learn's iterations at 30 minutes, so that the whole table takes minutes: its objective there is not its last.
CAPS = {"30 min": {"Frobenius": 100, "KL": 40, "IS": 30}}
REPEATS = {"4 s": 5}  # of one run, for its median: short ones are noisier
# Added to the power for Itakura-Saito, which knows no zero; far above the rounding of 16 bits.
POWER_OFFSET = np.float32(1e-6)
# An objective that is higher by no more than this share of it is the same: the factors are float32, whose rounding is
# about a tenth of it.
SAME = 1e-6
# partwise gives up where it takes this many times scikit-learn's time, and this many seconds.
PATIENCE, LEAST_PATIENCE_S = 2.0, {"smoke": 60.0}
# Iterations of the runs that compare one thread with two.
THREAD_ITERATIONS = {"4 s": 100, "3 min": 20, "30 min": 6, "smoke": 2}


class Data:
    """One recording as both sides take it."""

    def __init__(self, size, loss, folder):
        x, self.source = recordings.recording(size)
        v = recordings.magnitude(x)
        if loss == "IS":
            v = v * v + POWER_OFFSET
        self.v = v
        self.bins_first = np.ascontiguousarray(v.T)
        self.path = f"{folder}/v.npz"
        np.savez(self.path, v=v)


def drive(driver, data, folder, loss, components, solver, seed, threads=1, **options):
    """Runs the driver; returns what it said and the factors it found. None if it has no such solver."""
    out = f"{folder}/factors-{threads}.npz"
    command = [
        driver,
        "--v",
        data.path,
        "--seed",
        str(seed),
        "--beta",
        str(LOSSES[loss]),
        "--components",
        str(components),
        "--solver",
        solver,
        "--threads",
        str(threads),
        "--out",
        out,
    ]
    # Normalising partwise lifts quiet cells to -138 dB of the peak for Itakura-Saito: that would be another V.
    if loss == "IS":
        command.append("--as-is")
    # The plain solver is scikit-learn's algorithm: in scikit-learn's order it takes the same path. For the layout of V
    # that scikit-learn is fastest with, that order is W first.
    if solver == PLAIN[loss]:
        command.append("--w-first")
    for name, value in options.items():
        command += ["--" + name.replace("_", "-"), repr(value)]
    if threads > 1:
        command = ["taskset", "-c", f"0-{threads - 1}"] + command
    result = subprocess.run(command, capture_output=True, text=True)
    if f"no solver {solver}" in result.stderr:
        return None
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{result.stderr}")
    with np.load(out) as factors:
        return json.loads(result.stdout), factors["w"], factors["h"], out


def run_peer(data, loss, components, size, seed):
    w, h = sklearn_peer.start(data.v, components, seed)
    limit = CAPS.get(size, {}).get(loss, sklearn_peer.DEFAULTS["max_iter"])
    runs = [
        sklearn_peer.solve(data.bins_first, w, h, LOSSES[loss], max_iter=limit) for _ in range(REPEATS.get(size, 1))
    ]
    _, w_end, h_end, iterations = runs[-1]
    return {
        "seconds": float(np.median([run[0] for run in runs])),
        "iterations": iterations,
        "capped": iterations == limit and limit < sklearn_peer.DEFAULTS["max_iter"],
        "start": evaluate.divergence(data.v, w, h, LOSSES[loss]),
        "objective": evaluate.divergence(data.v, w_end, h_end, LOSSES[loss]),
    }


def run_ours(driver, data, folder, loss, components, solver, seed, size, peer):
    """Until the evaluator says that the objective is no higher than the peer's. Float sums may see that a little too
    early: then again, with a target as much lower."""
    allowed = peer["objective"] * (1 + SAME)
    target = peer["objective"]
    limit = max(PATIENCE * peer["seconds"], LEAST_PATIENCE_S.get(size, 2.0))
    for _ in range(4):
        found = drive(
            driver,
            data,
            folder,
            loss,
            components,
            solver,
            seed,
            target=target,
            time_limit=limit,
            repeats=REPEATS.get(size, 1),
        )
        if found is None:
            return None
        said, w, h, _ = found
        objective = evaluate.divergence(data.v, w, h, LOSSES[loss])
        if not said["reached"] or objective <= allowed:
            break
        target -= 2 * (objective - peer["objective"])
    return {
        "seconds": float(np.median(said["seconds"])),
        "iterations": said["iterations"],
        "objective": objective,
        "recorded": said["objective"],
        "reached": objective <= allowed,
    }


def run_threads(driver, data, folder, loss, components, solver, size, repeats):
    """The same iterations on one thread and on two, in turn."""
    seconds, bytes_of, extra = {1: [], 2: []}, {}, 0
    for _ in range(repeats):
        for threads in seconds:
            found = drive(
                driver, data, folder, loss, components, solver, 0, threads, iterations=THREAD_ITERATIONS[size]
            )
            if found is None:
                return None
            said, *_, path = found
            seconds[threads].append(said["total_seconds"][0])
            with open(path, "rb") as file:
                bytes_of[threads] = file.read()
            if threads == 1:
                extra = said["extra_bytes"]
    return {
        "seconds_1": float(np.median(seconds[1])),
        "seconds_2": float(np.median(seconds[2])),
        "ratio": float(np.median([a / b for a, b in zip(seconds[1], seconds[2])])),
        "same_bits": bytes_of[1] == bytes_of[2],
        "extra_bytes": extra,
        "v_bytes": data.v.nbytes,
        "h_bytes": 4 * components * len(data.v),
    }


def say(record):
    words = [
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in record.items()
        if name != "build"
    ]
    print("  " + ", ".join(words), flush=True)


def measure_cell(arguments, data, folder, log, key, seeds):
    for seed in range(seeds):
        peer = log.find(kind="peer", seed=seed, **key)
        again = peer is None
        if again:
            peer = log.add(
                {
                    "kind": "peer",
                    "seed": seed,
                    **key,
                    "source": data.source,
                    "shape": list(data.v.shape),
                    **run_peer(data, key["loss"], key["k"], key["size"], seed),
                }
            )
            say(peer)
        for solver in (PLAIN[key["loss"]], "fast"):
            if not again and log.find(kind="ours", seed=seed, solver=solver, **key):
                continue
            ours = run_ours(arguments.driver, data, folder, key["loss"], key["k"], solver, seed, key["size"], peer)
            if ours:
                say(log.add({"kind": "ours", "seed": seed, "solver": solver, **key, **ours}))


def measure_threads(arguments, data, folder, log, key):
    for solver in (PLAIN[key["loss"]], "fast"):
        if log.find(kind="threads", solver=solver, **key):
            continue
        found = run_threads(
            arguments.driver, data, folder, key["loss"], key["k"], solver, key["size"], 1 if arguments.smoke else 3
        )
        if found:
            say(log.add({"kind": "threads", "solver": solver, **key, **found}))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True)
    parser.add_argument("--out", default=f"{recordings.ROOT}/build/bench-results")
    parser.add_argument("--quick", action="store_true", help="4 s and 3 min, one seed, K = 6 and 16")
    parser.add_argument("--smoke", action="store_true", help="shows that everything runs")
    parser.add_argument("--size", action="append", help="4 s, 3 min, 30 min or a sound file")
    parser.add_argument("--loss", action="append", choices=LOSSES)
    parser.add_argument("--components", action="append", type=int)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--any-blas", action="store_true", help="run even with the reference BLAS")
    arguments = parser.parse_args()
    sizes = ["smoke"] if arguments.smoke else ["4 s", "3 min"] if arguments.quick else ["4 s", "3 min", "30 min"]
    components = [2] if arguments.smoke else [6, 16] if arguments.quick else COMPONENTS
    arguments.size = arguments.size or sizes
    arguments.components = arguments.components or components
    arguments.loss = arguments.loss or list(LOSSES)
    if arguments.seeds is None and (arguments.quick or arguments.smoke):
        arguments.seeds = 1
    return arguments


def main():
    arguments = parse()
    sklearn_peer.check(arguments.any_blas)
    log = records.Records(f"{arguments.out}/factorization.jsonl")
    build = records.file_id(arguments.driver)
    with tempfile.TemporaryDirectory(dir=arguments.out) as folder:
        for size in arguments.size:
            for loss in arguments.loss:
                data = Data(size, loss, folder)
                for components in arguments.components:
                    key = {"build": build, "size": size, "loss": loss, "k": components}
                    measure_cell(arguments, data, folder, log, key, arguments.seeds or SEEDS.get(size, 3))
                    if size != "4 s":
                        measure_threads(arguments, data, folder, log, key)
                del data


if __name__ == "__main__":
    main()
