"""The notebook's steps with numpy, scipy and scikit-learn: what partwise is compared with.

usage: notebook_peer.py IN.wav OUT_DIR

Loads a mono WAV, STFT (n_fft 2048, hop 512, Hann), NMF with K = 6 at scikit-learn's defaults, re-synthesises
each component with the mixture's phase, and writes parts, mix and residual as float WAV. librosa is not
packaged for Debian; these are its formulas on the same numpy.
"""

import os
import sys
import warnings

import numpy as np
import soundfile
from sklearn.decomposition import NMF

N_FFT, HOP, COMPONENTS = 2048, 512, 6
WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)


def stft(x):
    padded = np.pad(x, N_FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]
    return np.fft.rfft(frames * WINDOW).astype(np.complex64).T


def istft(spectra, length):
    frames = (np.fft.irfft(spectra.T) * WINDOW).astype(np.float32)
    total = N_FFT + HOP * (len(frames) - 1)
    sums, envelope = np.zeros(total, np.float32), np.zeros(total, np.float32)
    for t, frame in enumerate(frames):
        sums[t * HOP : t * HOP + N_FFT] += frame
        envelope[t * HOP : t * HOP + N_FFT] += WINDOW**2
    audible = envelope > np.finfo(np.float32).tiny
    sums[audible] /= envelope[audible]
    return sums[N_FFT // 2 :][:length]


def main(path, out):
    warnings.simplefilter("ignore")
    x, rate = soundfile.read(path, dtype="float32")
    spectra = stft(x)
    magnitude = np.abs(spectra)
    phase = spectra / np.where(magnitude == 0, 1, magnitude)
    model = NMF(n_components=COMPONENTS, random_state=0)
    h = model.fit_transform(magnitude.T).T
    w = model.components_.T
    os.makedirs(out, exist_ok=True)
    parts = [istft(np.outer(w[:, k], h[k]) * phase, len(x)) for k in range(COMPONENTS)]
    mix = istft(w @ h * phase, len(x))
    for k, part in enumerate(parts):
        soundfile.write(f"{out}/part-{k:02}.wav", part, rate, subtype="FLOAT")
    soundfile.write(f"{out}/mix.wav", mix, rate, subtype="FLOAT")
    soundfile.write(f"{out}/residual.wav", x - mix, rate, subtype="FLOAT")


if __name__ == "__main__":
    main(*sys.argv[1:])
