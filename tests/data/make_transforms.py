#!/usr/bin/env python3
"""Reduce librosa's reference transforms to arrays without complex numbers.

usage: make_transforms.py GOLDEN_DIR OUT_DIR

Reads transforms.npz, tabla.npz and tabla.wav of GOLDEN_DIR; writes transforms.npz, tabla_spectra.npz and
tabla.wav into OUT_DIR. NAME_S becomes NAME_S_re and NAME_S_im. Of the tabla, 20 frames around the
loudest cell are kept, so that the range of decibels below the peak is tested too.
"""

import shutil
import sys

import numpy as np

TABLA_FRAMES = slice(150, 170)


def split(arrays):
    """Real arrays for complex ones, in the same order."""
    out = {}
    for name in arrays:
        value = arrays[name]
        if np.iscomplexobj(value):
            out[name + "_re"] = np.ascontiguousarray(value.real)
            out[name + "_im"] = np.ascontiguousarray(value.imag)
        else:
            out[name] = np.ascontiguousarray(value)
    return out


golden, out = sys.argv[1:3]
with np.load(f"{golden}/transforms.npz") as arrays:
    np.savez_compressed(f"{out}/transforms.npz", **split(arrays))
with np.load(f"{golden}/tabla.npz") as arrays:
    kept = {"S": arrays["S"][:, TABLA_FRAMES], "S_db": arrays["S_db"][:, TABLA_FRAMES]}
    np.savez_compressed(f"{out}/tabla_spectra.npz", first_frame=np.int64(TABLA_FRAMES.start), **split(kept))
shutil.copyfile(f"{golden}/tabla.wav", f"{out}/tabla.wav")
