#!/usr/bin/env python3
"""Learns the weights of parts/similarity.cpp from recordings that anybody can make again, and says how good they and
the shipped ones are.

    bench/learn_similarity.py [--build build/dev] [--recordings 60]

Each recording of similarity_material.py is taken apart by the library (partwise_bench_pairs: one implementation of the
features), each component belongs to the source with the most energy in its mask, and a logistic regression learns
whether two components are of one source, pairs weighted by the root of their amplitudes. Recordings are learnt from and
judged in five turns, so that no recording judges what was learnt from it. Needs python3-sklearn, python3-soundfile,
sonic-pi-samples, and the target partwise_bench_pairs.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import similarity_material
from recordings import RATE_HZ

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDS = 5
PENALTY = 10.0  # C of scikit-learn: weak, there are thousands of pairs
LIMIT = 9.2  # of the log-odds, as the library limits them


def shipped_weights(names):
    """(intercept, weights) as they stand in the source, in the order of `names`."""
    text = (ROOT / "src/parts/similarity.cpp").read_text()
    intercept = float(re.search(r"kIntercept = ([-\d.]+)", text)[1])
    found = {
        re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower(): float(value)
        for name, value in re.findall(r"w\[parts::k(\w+)\] = ([-\d.]+)", text)
    }
    return intercept, np.array([found[name] for name in names])


def pairs_of(program, sources, folder):
    """What partwise_bench_pairs says of one recording."""
    paths = []
    for i, source in enumerate([sources.sum(axis=0), *sources]):
        paths.append(f"{folder}/{'mix' if i == 0 else f'stem{i}'}.wav")
        soundfile.write(paths[-1], source, RATE_HZ, subtype="PCM_16")
    return json.loads(subprocess.run([program, *paths], check=True, capture_output=True).stdout)


def labelled(said):
    """Features, whether both are of one source, and the weight of each pair; weights of a recording sum to one."""
    energies = np.array(said["energies"])  # [sources, components]
    amplitude = np.sqrt((energies**2).sum(axis=0))
    source = energies.argmax(axis=0)
    i, j = np.array(said["pairs"]).T
    weight = np.sqrt(amplitude[i] * amplitude[j])
    return np.array(said["features"]), source[i] == source[j], weight / weight.sum()


def material(program, count):
    rows, names = [], []
    for seed in range(count):
        with tempfile.TemporaryDirectory() as folder:
            sources = similarity_material.recording(seed, similarity_material.sample_paths)
            said = pairs_of(program, sources, folder)
        names = said["names"]
        x, same, weight = labelled(said)
        rows.append((x, same, weight, np.full(len(x), seed)))
        print(f"\r{seed + 1} of {count} recordings", end="", file=sys.stderr)
    print(file=sys.stderr)
    return names, [np.concatenate(column) for column in zip(*rows)]


def fit(x, same, weight):
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(x, same, weight * len(x) / weight.sum())
    return model.intercept_[0], model.coef_[0]


def scores(z, same, weight):
    """Weighted accuracy, both answers counting alike, and mean log-loss in nats."""
    z = np.clip(z, -LIMIT, LIMIT)
    right = (z > 0) == same
    balanced = np.mean([np.average(right[same == kind], weights=weight[same == kind]) for kind in (True, False)])
    return balanced, np.average(np.log1p(np.exp(np.where(same, -z, z))), weights=weight)


def cross_validated(x, same, weight, groups):
    """Log-odds of every pair by weights that were learnt from other recordings."""
    z = np.empty(len(x))
    for train, test in GroupKFold(FOLDS).split(x, same, groups):
        intercept, weights = fit(x[train], same[train], weight[train])
        z[test] = intercept + x[test] @ weights
    return z


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default=ROOT / "build/dev", type=pathlib.Path)
    parser.add_argument("--recordings", default=60, type=int)
    arguments = parser.parse_args()
    names, (x, same, weight, groups) = material(arguments.build / "bench/partwise_bench_pairs", arguments.recordings)
    intercept, weights = fit(x, same, weight)
    shipped = shipped_weights(names)
    print(f"{len(x)} pairs of {arguments.recordings} recordings, {same.mean():.0%} of one source\n")
    print("| feature | learnt | shipped |\n|---|---:|---:|")
    for name, learnt, old in [("(intercept)", intercept, shipped[0]), *zip(names, weights, shipped[1])]:
        print(f"| {name} | {learnt:.3f} | {old:.3f} |")
    print("\n| weights | balanced accuracy | log-loss |\n|---|---:|---:|")
    for title, z in [
        ("learnt, judged on other recordings", cross_validated(x, same, weight, groups)),
        ("shipped", shipped[0] + x @ shipped[1]),
        ("none: the share of one source", np.full(len(x), np.log(same.mean() / (1 - same.mean())))),
    ]:
        accuracy, loss = scores(z, same, weight)
        print(f"| {title} | {accuracy:.3f} | {loss:.3f} |")


if __name__ == "__main__":
    main()
