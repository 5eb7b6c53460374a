#!/usr/bin/env python3
"""Similarity of components, energies of masks and the tree of merges, as docs/algorithms/parts.md has them, in
numpy and scipy.

usage: make_parts.py OUT_DIR      writes parts.npz
"""

import sys

import numpy as np
from scipy.fft import dct
from scipy.ndimage import gaussian_filter1d

BIN_HZ, FRAME_S, EXPONENT, NUM_PARTS = 43.0664, 0.0232, 1.5, 3
BINS, FRAMES, COMPONENTS = 257, 90, 8


def factors(rng):
    """Drums, tones and noise, two of each alike."""
    f = np.arange(BINS)[:, None]
    peak = lambda hz, width: np.exp(-0.5 * ((f - hz / BIN_HZ) / width) ** 2)
    comb = lambda hz: sum(peak(hz * n, 1.2) / n for n in range(1, 9))
    w = np.hstack(
        [peak(80, 1.5), peak(90, 2.5), comb(440), comb(660), peak(9000, 30), peak(7000, 45), peak(1500, 20), comb(523)]
    )
    w = w + 1e-3 * rng.random(w.shape)
    t = np.arange(FRAMES)
    decay = lambda onsets, length: sum(np.where(t >= o, np.exp(-(t - o) / length), 0) for o in onsets)
    h = np.vstack(
        [
            decay([3, 33, 63], 3),
            0.5 * decay([3, 33, 63], 5),
            decay([10, 50], 20),
            decay([11, 52], 25),
            decay([3, 18, 33, 48], 1.5),
            0.4 * decay([3, 19, 33, 48], 2),
            np.full(FRAMES, 0.1),
            decay([70], 12),
        ]
    )
    return (w / w.sum(0)).astype(np.float32), h.astype(np.float32)


def unit(x, axis=-1):
    norm = np.linalg.norm(x, axis=axis, keepdims=True)
    return np.divide(x, norm, out=np.zeros_like(x), where=norm > 0)


def pearson(x):
    x = x - x.mean(1, keepdims=True)
    x[np.abs(x).max(1) < 1e-9] = 0
    return unit(x) @ unit(x).T


def mel_bands(w):
    mel = lambda hz: 2595 * np.log10(1 + hz / 700)
    hz = lambda m: 700 * (10 ** (m / 2595) - 1)
    top = min(16e3, (BINS - 1) * BIN_HZ)
    edges = hz(np.linspace(mel(30), mel(top), 42))
    f = np.arange(BINS) * BIN_HZ
    bands = []
    for left, centre, right in zip(edges, edges[1:], edges[2:]):
        triangle = np.maximum(np.minimum((f - left) / (centre - left), (right - f) / (right - centre)), 0)
        bands.append(triangle / triangle.sum() if triangle.sum() > 0 else triangle)
    return np.array(bands) @ w


def log_odds(w, h):
    w, h = w.astype(float), h.astype(float)
    w = w / w.sum(0)
    s = np.sqrt(h)
    top = h / h.max(1, keepdims=True)
    rises = np.maximum(np.diff(np.sqrt(top), axis=1), 0)
    activation_correlation = pearson(s)
    smooth_activation_correlation = pearson(gaussian_filter1d(s, 0.5 / FRAME_S, axis=1))
    onset_correlation = pearson(gaussian_filter1d(rises, 1, axis=1))
    spectral_cosine = unit(np.sqrt(w), 0).T @ unit(np.sqrt(w), 0)
    bands = mel_bands(w)
    blurred = unit(np.sqrt(gaussian_filter1d(bands, 1, axis=0)), 0)
    mel_cosine = blurred.T @ blurred
    mfcc = dct(np.log(bands + 1e-6 * bands.max(0)), type=2, norm="ortho", axis=0)[1:14]
    mfcc_similarity = -np.linalg.norm(mfcc[:, :, None] - mfcc[:, None, :], axis=0) / 10
    overlap = np.minimum(top[:, None], top[None]).sum(2)
    activation_overlap = overlap / np.minimum(top.sum(1)[:, None], top.sum(1)[None])
    struck = np.log((np.maximum(np.diff(s, axis=1), 0) ** 2).sum(1) / (s**2).sum(1) + 1e-4)
    percussiveness_similarity = -np.abs(struck[:, None] - struck[None])
    z = (
        -1.685
        - 3.928 * activation_correlation
        + 0.975 * smooth_activation_correlation
        + 2.258 * onset_correlation
        - 1.000 * spectral_cosine
        + 2.201 * mel_cosine
        + 1.152 * mfcc_similarity
        + 0.765 * activation_overlap
        + 8.443 * spectral_cosine * np.maximum(activation_correlation, 0)
        - 1.155 * onset_correlation * mel_cosine
        + 0.165 * percussiveness_similarity
    )
    return np.clip(z, -9.2, 9.2)


def energies(v, w, h):
    models = (w.astype(float).T[:, :, None] * h.astype(float)[:, None, :]) ** EXPONENT
    return np.sqrt(((models / models.sum(0) * v) ** 2).sum((1, 2)))


def merge_tree(z, e):
    nodes = {k: (z[k].copy(), e[k]) for k in range(len(e))}
    merges, odds = [], []
    for new in range(len(e), 2 * len(e) - 1):
        score = lambda a, b: nodes[a][0][b] - np.log(NUM_PARTS * min(nodes[a][1], nodes[b][1]) / e.sum() + 1e-3)
        a, b = max(((a, b) for a in nodes for b in nodes if a < b), key=lambda pair: score(*pair))
        (row_a, e_a), (row_b, e_b) = nodes.pop(a), nodes.pop(b)
        merges.append((a, b))
        odds.append(row_a[b])
        row = (e_a * row_a + e_b * row_b) / (e_a + e_b)
        for c in nodes:
            nodes[c] = (np.append(nodes[c][0], row[c]), nodes[c][1])
        nodes[new] = (np.append(row, 0), e_a + e_b)
    return np.array(merges, dtype=np.int64), np.array(odds)


rng = np.random.default_rng(7)
w, h = factors(rng)
v = (w @ h * (0.8 + 0.4 * rng.random((BINS, FRAMES)))).astype(np.float32)
z = log_odds(w, h)
np.fill_diagonal(z, 0)
e = energies(v, w, h)
tree, odds = merge_tree(z, e)
np.savez_compressed(
    f"{sys.argv[1]}/parts.npz",
    V=v,
    W=w,
    H=h,
    log_odds=z,
    energies=e[:, None],
    tree=tree.astype(np.float64),
    tree_log_odds=odds[:, None],
)
