#!/usr/bin/env python3
"""Times partwise.NMF against scikit-learn's NMF as a notebook calls both, and what a call and the import cost.

usage: bench/python_module.py [--seeds N] [--quick | --smoke] [--any-blas]

Prints Markdown. partwise is imported from PYTHONPATH. Both sides get the same float32 S.T (frames first, as librosa
hands it over), the same random start and the same number of iterations, one thread each, in turn; what is timed is
fit_transform(), with everything it checks, the best of REPEATS. `fast` is stopped by a callback where its objective is
no higher than what scikit-learn's ended with; of a seed that does not get there it has no time.
"""

import argparse
import functools
import statistics
import subprocess
import sys
import time
import warnings

import numpy as np
import sklearn.decomposition

import partwise
import recordings
import sklearn_peer

LOSSES = {"Frobenius": ("cd", "frobenius"), "KL": ("mu", "kullback-leibler"), "IS": ("mu", "itakura-saito")}
POWER_OFFSET = np.float32(1e-6)  # as in factorization.py
REPEATS = {"smoke": 1, "4 s": 5, "3 min": 2}
ITERATIONS = {"smoke": 3, "4 s": 100, "3 min": 20}
# A call on a matrix this small is nothing but overhead.
TINY = (20, 10)
TINY_CALLS = 300
IMPORTS = 15


def timed(call):
    begin = time.perf_counter()
    found = call()
    return time.perf_counter() - begin, found


class Case:
    """One recording, loss and K for both sides."""

    def __init__(self, size, loss, k, seed):
        v = recordings.magnitude(recordings.recording(size)[0])
        bins_first = np.ascontiguousarray((v * v + POWER_OFFSET if loss == "IS" else v).T)
        self.x = bins_first.T
        self.solver, self.beta_loss = LOSSES[loss]
        templates, activations = sklearn_peer.start(v, k, seed)
        self.w, self.h = np.ascontiguousarray(activations.T), np.ascontiguousarray(templates.T)
        self.k, self.iterations = k, ITERATIONS[size]

    def fit(self, estimator, **options):
        model = estimator(self.k, init="custom", beta_loss=self.beta_loss, tol=0, **options)
        model.fit_transform(self.x, W=self.w.copy(), H=self.h.copy())
        return model

    def theirs(self):
        return self.fit(sklearn.decomposition.NMF, solver=self.solver, max_iter=self.iterations)

    def ours(self):
        return self.fit(partwise.NMF, solver=self.solver, max_iter=self.iterations, n_threads=1)

    def fast(self, target):
        return self.fit(
            partwise.NMF,
            solver="fast",
            max_iter=2 * self.iterations,
            n_threads=1,
            callback=lambda _, objective: objective <= target,
        )


def best(call, repeats):
    """The shortest time of so many calls, and what the last one gave."""
    runs = [timed(call) for _ in range(repeats)]
    return min(run[0] for run in runs), runs[-1][1]


def row(size, loss, k, seeds):
    theirs_s, ours_s, plain, fast = [], [], [], []
    for seed in range(seeds):
        case = Case(size, loss, k, seed)
        theirs, model = best(case.theirs, REPEATS[size])
        ours, _ = best(case.ours, REPEATS[size])
        target = model.reconstruction_err_**2 / 2
        quick, found = best(functools.partial(case.fast, target), REPEATS[size])
        theirs_s.append(theirs)
        ours_s.append(ours)
        plain.append(theirs / ours)
        if found.objective_[-1] <= target:
            fast.append(theirs / quick)
    cells = [
        size,
        loss,
        str(k),
        f"{statistics.median(theirs_s):.3g} s ({case.iterations})",
        f"{statistics.median(ours_s):.3g} s",
        f"**{statistics.median(plain):.1f}x**",
        f"**{statistics.median(fast):.1f}x**" if fast else "-",
        f"{len(fast)}/{seeds}",
    ]
    return "| " + " | ".join(cells) + " |"


def overhead_ms():
    """Of one fit_transform() of one iteration on a matrix of 200 cells: theirs, ours."""
    x = np.random.default_rng(0).random(TINY, dtype=np.float32)

    def one(estimator):
        model = estimator(2, init="random", random_state=0, max_iter=1, tol=0)
        return statistics.median(timed(lambda: model.fit_transform(x))[0] for _ in range(TINY_CALLS)) * 1e3

    return one(sklearn.decomposition.NMF), one(partwise.NMF)


def import_ms(what):
    program = f"import numpy, time; t = time.perf_counter(); {what}; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(IMPORTS)
    ]
    return statistics.median(map(float, runs)) * 1e3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="4 s alone")
    parser.add_argument("--smoke", action="store_true", help="shows that everything runs")
    parser.add_argument("--any-blas", action="store_true", help="run even with the reference BLAS")
    arguments = parser.parse_args()
    sklearn_peer.check(arguments.any_blas)
    warnings.simplefilter("ignore")
    sizes = ["smoke"] if arguments.smoke else ["4 s"] if arguments.quick else ["4 s", "3 min"]
    print(
        "| V | loss | K | scikit-learn's NMF (iterations) | partwise.NMF, the same iterations | ratio | fast, to the "
        "same objective | reached |\n|---|---|---|---|---|---|---|---|"
    )
    for size in sizes:
        for loss in LOSSES:
            for k in [2] if arguments.smoke else [6, 16]:
                print(row(size, loss, k, arguments.seeds), flush=True)
    theirs, ours = overhead_ms()
    print(
        f"\nA fit of one iteration on {TINY[0]} x {TINY[1]} numbers, which is nothing but overhead: scikit-learn "
        f"{theirs:.2f} ms, partwise {ours:.2f} ms.\n`import partwise` after numpy: "
        f"{import_ms('import partwise'):.1f} ms; its first use of separate(): "
        f"{import_ms('import partwise; partwise.separate'):.1f} ms."
    )


if __name__ == "__main__":
    main()
