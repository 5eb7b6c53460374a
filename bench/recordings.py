"""Real recordings from Debian's packages, and their spectrograms: what the benchmarks are about.

4 s is a loop of sonic-pi-samples. 3 and 30 minutes are pieces of wesnoth-1.16-music, or, where that is missing,
samples of sonic-pi-samples strung together (324 s of them, so that half an hour repeats itself). Mono, 22 050 Hz.
"""

import glob
import math
import os
import sys

import numpy as np
import scipy.signal
import soundfile

RATE_HZ = 22050
N_FFT, HOP = 2048, 512
SAMPLES = "/usr/share/sonic-pi/samples"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MUSIC_FOLDERS = [
    "/usr/share/games/wesnoth/1.16/data/core/music",
    f"{ROOT}/.deps/wesnoth-music/usr/share/games/wesnoth/1.16/data/core/music",
]
# name: (pieces, seconds of each). Some beginnings are quiet, so pieces are cut from the middle.
STRUNG = {"3 min": (4, 45), "30 min": (10, 180)}
SHORT_S = {"4 s": 4, "smoke": 1}


def read(path):
    """A file, mono, at RATE_HZ, in float32."""
    x, rate = soundfile.read(path, always_2d=True, dtype="float32")
    common = math.gcd(rate, RATE_HZ)
    return scipy.signal.resample_poly(x.mean(axis=1), RATE_HZ // common, rate // common).astype(np.float32)


def music():
    """The pieces that are long enough for the longest cut, in the order of their names."""
    shortest = max(seconds for _, seconds in STRUNG.values())
    for folder in MUSIC_FOLDERS:
        paths = sorted(glob.glob(f"{folder}/*.ogg"))
        if paths:
            return [path for path in paths if soundfile.info(path).duration >= shortest]
    return []


def strung(pieces, seconds):
    """That many pieces of that many seconds, and where they come from."""
    paths = music()
    if len(paths) >= pieces:
        parts = []
        for path in paths[:: len(paths) // pieces][:pieces]:
            x = read(path)
            begin = (len(x) - seconds * RATE_HZ) // 2
            parts.append(x[begin : begin + seconds * RATE_HZ])
        return np.concatenate(parts), "wesnoth-1.16-music"
    names = sorted(glob.glob(f"{SAMPLES}/*.flac"))
    return np.resize(
        np.concatenate([read(name) for name in names]), pieces * seconds * RATE_HZ
    ), "sonic-pi-samples, strung together"


def recording(name):
    """The samples of "4 s", "3 min", "30 min", "smoke" or of a file, and where they come from."""
    if name in STRUNG:
        return strung(*STRUNG[name])
    if name in SHORT_S:
        return read(f"{SAMPLES}/loop_tabla.flac")[: SHORT_S[name] * RATE_HZ], "sonic-pi-samples, loop_tabla"
    if os.path.isfile(name):
        return read(name), os.path.basename(name)
    sys.exit(f"no recording {name}: expected 4 s, 3 min, 30 min or a file")


def missing_packages():
    """Debian packages without which some recording cannot be made, or not of music."""
    missing = []
    if not os.path.isdir(SAMPLES):
        missing.append("sonic-pi-samples")
    if not music():
        missing.append("wesnoth-1.16-music")
    return missing


def magnitude(x):
    """|STFT| [frames x bins] in float32, periodic Hann, centred frames."""
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(x, N_FFT // 2), N_FFT)[::HOP]
    out = np.empty((len(frames), N_FFT // 2 + 1), np.float32)
    block = 1024  # frames: their spectra in double stay small
    for first in range(0, len(frames), block):
        out[first : first + block] = np.abs(np.fft.rfft(frames[first : first + block] * window))
    return out
