"""Makes evaluate.npz: what mir_eval says of small sounds, hits and notes. Needs python3-mir-eval."""

import os
import warnings

import mir_eval
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(7)
arrays = {}


def coloured(count, pole):
    """Noise through one pole, on a grid of 1/128 so that it is small when packed."""
    out, last = np.empty(count), 0.0
    for i, value in enumerate(random.standard_normal(count)):
        out[i] = last = pole * last + value
    return np.round(out / np.abs(out).max() * 127) / 128


def sums(values):
    return np.array(values, dtype=np.float64)


def sources(name, references, estimates):
    arrays[f"{name}_references"] = references.astype(np.float32)
    arrays[f"{name}_estimates"] = estimates.astype(np.float32)
    sdr, sir, sar, order = mir_eval.separation.bss_eval_sources(references, estimates)
    arrays[f"{name}_best"] = sums([sdr, sir, sar])
    arrays[f"{name}_order"] = np.array(order, dtype=np.int64)
    sdr, sir, sar, _ = mir_eval.separation.bss_eval_sources(references, estimates, compute_permutation=False)
    arrays[f"{name}_as_they_are"] = sums([sdr, sir, sar])


count = 3000
three = np.array([coloured(count, pole) for pole in (0.95, 0.2, -0.7)])
mixing = np.array([[0.1, 0.2, 1.0], [1.0, 0.05, 0.1], [0.3, 0.9, 0.02]])
filtered = np.array([np.convolve(s, [0.9, 0, 0.3, -0.2])[:count] for s in three])
noise = np.array([coloured(count, 0.5) for _ in range(3)])
sources("three", three, np.round((mixing @ filtered + 0.03 * noise) * 512) / 512)
sources("one", three[:1], np.round((filtered[:1] + 0.2 * noise[:1]) * 512) / 512)
close = np.round((three[:2] + 1e-4 * noise[:2]) * 2**20) / 2**20
sources("close", three[:2], close)

# Hits: some on the edge of the window, some in a crowd where the first that fits is not the nearest.
true = np.sort(np.concatenate([np.arange(20) * 0.25, 1.0 + np.arange(8) * 0.03]))
found = np.sort(
    np.concatenate([np.arange(18) * 0.25 + random.uniform(-0.06, 0.06, 18), 1.01 + np.arange(6) * 0.04, [9.0]])
)
arrays["hits_true"], arrays["hits_found"] = true, found
windows = [0.02, 0.05, 0.1]
arrays["hits_windows"] = sums(windows)
arrays["hits_f"] = sums([mir_eval.onset.f_measure(true, found, window=w) for w in windows])

# Notes: chords, repetitions, pitches between keys, exactly 50 ms and 50 cents away.
onsets = np.round(random.uniform(0, 6, 60), 2)
lengths = np.round(random.uniform(0.05, 0.8, 60), 2)
pitches = random.integers(48, 60, 60).astype(float)
moved = np.round(onsets + random.choice([0, 0.02, -0.05, 0.05, 0.051, 0.3], 60), 3)
ends = moved + lengths * random.choice([1, 1.15, 1.5], 60)
heard = pitches + random.choice([0, 0.3, 0.499, 0.6, 12], 60, p=[0.5, 0.2, 0.1, 0.1, 0.1])
keep = random.random(60) < 0.85
moved = np.maximum(moved, 0)
arrays["notes_true"] = np.stack([onsets, onsets + lengths, pitches])
arrays["notes_found"] = np.stack([moved[keep], ends[keep], heard[keep]])


def hz(midi):
    return 440 * 2 ** ((midi - 69) / 12)


for name, ratio in (("notes_f", None), ("notes_f_with_offsets", 0.2)):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        precision, recall, f, _ = mir_eval.transcription.precision_recall_f1_overlap(
            arrays["notes_true"][:2].T,
            hz(arrays["notes_true"][2]),
            arrays["notes_found"][:2].T,
            hz(arrays["notes_found"][2]),
            offset_ratio=ratio,
        )
    arrays[name] = sums([f, precision, recall])

np.savez_compressed(f"{here}/evaluate.npz", **arrays)
print({name: arrays[name].round(3).tolist() for name in arrays if "_f" in name or "best" in name or "order" in name})
