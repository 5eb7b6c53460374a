"""librosa's transforms by librosa's names: the same defaults, shapes and numbers.

Where partwise has one way only (a periodic Hann window of n_fft samples, zeros beyond the ends), the
argument is taken and any other value is a ValueError.
"""

import numpy as np

from . import _core

__all__ = ["amplitude_to_db", "istft", "stft"]


def _only(name, value, allowed):
    if not any(value is choice or value == choice for choice in allowed):
        raise ValueError(f"{name} = {value!r}, expected {' or '.join(map(repr, allowed))}")


def _samples(y):
    y = np.asarray(y)
    if y.dtype.kind != "f":
        raise TypeError(f"y is {y.shape} {y.dtype}, expected floating-point samples")
    if y.ndim == 0 or y.shape[-1] == 0:
        raise ValueError(f"y is {y.shape} {y.dtype}, expected samples in its last dimension")
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity, expected finite samples")
    return y.astype(np.float32, copy=False)


def _per_channel(array, core_dims, work):
    """work() on every channel of [..., core], stacked as librosa stacks them."""
    lead = array.shape[:array.ndim - core_dims]
    if not lead:
        return work(array)
    flat = array.reshape((-1,) + array.shape[array.ndim - core_dims:])
    found = np.stack([work(channel) for channel in flat])
    return found.reshape(lead + found.shape[1:])


def stft(y, *, n_fft=2048, hop_length=None, win_length=None, window="hann", center=True,
         dtype=None, pad_mode="constant", out=None):
    """D (..., 1 + n_fft/2, n_frames) complex64 of samples y (..., n): `librosa.stft`.

    Frame t is centred on sample t * hop_length (n_fft // 4 by default); sums are in double.

    Examples
    --------
    >>> import numpy as np
    >>> from partwise.spectra import stft
    >>> stft(np.zeros(22050, np.float32)).shape
    (1025, 44)
    """
    _only("win_length", win_length, (None, n_fft))
    _only("window", window, ("hann",))
    _only("center", center, (True,))
    _only("dtype", dtype, (None, np.complex64))
    _only("pad_mode", pad_mode, ("constant",))
    _only("out", out, (None,))
    hop_length = n_fft // 4 if hop_length is None else hop_length

    def channel(samples):
        frames = _core.stft(np.ascontiguousarray(samples), n_fft=n_fft, hop_length=hop_length)
        return frames.T

    return _per_channel(_samples(y), 1, channel)


def istft(stft_matrix, *, hop_length=None, win_length=None, n_fft=None, window="hann", center=True,
          dtype=None, length=None, out=None):
    """The samples (..., length) float32 whose STFT is `stft_matrix`: `librosa.istft`."""
    D = np.asarray(stft_matrix)
    if D.dtype.kind not in "cf":
        raise TypeError(f"stft_matrix is {D.shape} {D.dtype}, expected complex numbers")
    if D.ndim < 2 or 0 in D.shape:
        raise ValueError(f"stft_matrix is {D.shape} {D.dtype}, expected bins and frames")
    n_fft = 2 * (D.shape[-2] - 1) if n_fft is None else n_fft
    _only("n_fft // 2 + 1", n_fft // 2 + 1, (D.shape[-2],))
    _only("win_length", win_length, (None, n_fft))
    _only("window", window, ("hann",))
    _only("center", center, (True,))
    _only("dtype", dtype, (None, np.float32))
    _only("out", out, (None,))
    hop_length = n_fft // 4 if hop_length is None else hop_length
    if length is None:
        length = hop_length * (D.shape[-1] - 1) + n_fft % 2

    def channel(spectra):
        frames = np.ascontiguousarray(spectra.T, dtype=np.complex64)
        return _core.istft(frames, n_fft=n_fft, hop_length=hop_length, length=length)

    return _per_channel(D, 2, channel)


def amplitude_to_db(S, *, ref=1.0, amin=1e-5, top_db=80.0):
    """20 log10 of S against ref, nothing below the peak minus top_db: `librosa.amplitude_to_db`."""
    S = np.asarray(S)
    if amin <= 0:
        raise ValueError(f"amin = {amin}, expected more than 0")
    if top_db is not None and top_db < 0:
        raise ValueError(f"top_db = {top_db}, expected 0 or more")
    magnitude = np.abs(S)
    ref_value = np.abs(ref(magnitude) if callable(ref) else ref)
    log_spec = 10.0 * np.log10(np.maximum(amin**2, np.square(magnitude)))
    log_spec -= 10.0 * np.log10(np.maximum(amin**2, np.square(ref_value)))
    return log_spec if top_db is None else np.maximum(log_spec, log_spec.max() - top_db)
