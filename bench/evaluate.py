"""The one judge of both sides: the beta-divergence of given factors, in double."""

import numpy as np

BLOCK = 2048  # frames at a time, so that 30 minutes need no gigabyte
# A model below this share of the data's peak (-240 dB) counts as this, so that a zero of a model costs much and not
# infinitely much.
MODEL_FLOOR = 1e-12


def divergence(v, w, h, beta):
    """D_beta(V' | W H) for v [frames x bins], w [bins x K], h [K x frames]; Fevotte and Idier 2011, eq. 2.3."""
    w = np.asarray(w, np.float64)
    floor = MODEL_FLOOR * float(v.max())
    total = 0.0
    for first in range(0, len(v), BLOCK):
        x = v[first : first + BLOCK].astype(np.float64)
        m = np.asarray(h[:, first : first + BLOCK], np.float64).T @ w.T
        if beta == 2:
            total += 0.5 * np.square(x - m).sum()
            continue
        m = np.maximum(m, floor)
        if beta == 1:
            some = x > 0
            total += (x[some] * np.log(x[some] / m[some])).sum() - x.sum() + m.sum()
        else:
            assert beta == 0 and x.min() > 0
            ratio = x / m
            total += (ratio - np.log(ratio) - 1).sum()
    return float(total)
