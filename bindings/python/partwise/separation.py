"""The whole job in one line: samples in, parts, spectra, activations, files and a page out."""

import json
import os
import pathlib
import tempfile
from numbers import Real

import numpy as np

from . import _core, _plots
from ._notebook import as_frame, as_text
from ._options import SAVE, SEPARATE, as_given, with_options
from ._progress import listener

__all__ = ["Separation", "separate"]


def _samples(y):
    """y as the core reads it: (channels, samples), rows of floats side by side."""
    if isinstance(y, (str, bytes, os.PathLike)):
        raise TypeError(
            f"y is {y!r}, expected samples: y, sr = librosa.load(path, sr=None, mono=False), or the "
            "program partwise, which reads files"
        )
    if hasattr(y, "toarray"):
        raise TypeError(f"y is sparse, expected an array of samples: {type(y).__name__}")
    y = np.asarray(y)
    if y.dtype.kind != "f":
        raise TypeError(f"y is {y.shape} {y.dtype}, expected floating-point samples in [-1, 1]")
    if y.ndim not in (1, 2) or 0 in y.shape:
        raise ValueError(f"y is {y.shape} {y.dtype}, expected (samples,) or (channels, samples)")
    if y.ndim == 2 and y.shape[0] > y.shape[1]:
        raise ValueError(
            f"y is {y.shape} {y.dtype}, expected channels first: (channels, samples); y.T has them so"
        )
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity, expected finite samples")
    dtype = np.float64 if y.dtype.itemsize >= 8 else np.float32
    return np.ascontiguousarray(y if y.ndim == 2 else y[np.newaxis], dtype=dtype)


def _rate(sr):
    if not isinstance(sr, Real) or isinstance(sr, (bool, np.bool_)):
        raise TypeError(f"sr is {sr!r}, expected samples a second, as in separate(y, sr)")
    if not 1000 <= sr <= 1000000:
        raise ValueError(f"sr = {sr}, expected 1000 to 1000000 samples a second")
    return float(sr)


def _start(options):
    """W and H of `init` if it is a pair of arrays, and the options without it."""
    init = options.get("init")
    if init is None or isinstance(init, str) or hasattr(init, "__fspath__"):
        return None, None, options
    if len(init) != 2:
        raise ValueError(f"init has {len(init)} items, expected a word, a file or (W, H)")
    W, H = (np.asarray(factor, dtype=np.float32) for factor in init)
    if W.ndim != 2 or H.ndim != 2 or W.shape[1] != H.shape[0]:
        raise ValueError(f"init is {W.shape} and {H.shape}, expected W (F, K) and H (K, T)")
    return np.asfortranarray(W), np.asfortranarray(H), {k: v for k, v in options.items() if k != "init"}


@with_options(SEPARATE)
def separate(y, sr, *, callback=None, name="array", **options):
    """Take a recording apart: its spectrogram V is factorized as W H, and every component is a part.

    Parameters
    ----------
    y : array of shape (n_samples,) or (n_channels, n_samples)
        Floating-point samples, full scale is [-1, 1]; channels first, as librosa has them.
    sr : float
        Samples a second.
    callback : callable or 'tqdm', default=None
        Called with (stage, share, iteration, objective) some times a second; an exception of it ends the
        run. share is of everything, sound and files included, and never falls. 'tqdm' shows a bar where
        tqdm is there.
    name : str, default='array'
        What the page and the summary call the recording.
    {options}

    Returns
    -------
    Separation
        W, H, parts, mix, residual and more; shows itself in a notebook.

    Notes
    -----
    `beta_loss` may be a number, 2 for frobenius, 1 for kullback-leibler, 0 for itakura-saito; `init` may be
    a pair of arrays, W (F, K) and H (K, T).

    Raises
    ------
    ValueError, TypeError
        An argument out of its range; the message names it, its value and what would be right.
    MemoryError
        The run would need more than 3/4 of the machine's memory.

    Examples
    --------
    >>> import numpy as np
    >>> import partwise
    >>> sr = 22050
    >>> t = np.arange(sr) / sr
    >>> low, high = np.sin(2 * np.pi * 220 * t), np.sin(2 * np.pi * 1760 * t)
    >>> y = np.where(t < 0.5, low, high).astype(np.float32)
    >>> found = partwise.separate(y, sr, n_components=2)
    >>> found.parts.shape
    (2, 22050)
    >>> bool(np.abs(found.mix + found.residual - y).max() < 1e-6)
    True
    """
    W, H, options = _start(options)
    given = as_given("separate", options, SEPARATE)
    samples, rate = _samples(y), _rate(sr)
    with listener(callback) as progress:
        run = _core.separate(samples, rate, given, W, H, progress)
    return Separation(run, rate, np.ndim(y) == 1, name)


class Separation:
    """What a recording was taken apart into; `separate` makes it.

    Attributes
    ----------
    W : array of shape (F, K), float32, read-only
        Templates: the spectra of the components.
    H : array of shape (K, T), float32, read-only
        Activations: their gains over time.
    S : array of shape (F, T), float32, read-only
        The spectrogram that W H models.
    parts : array of shape (n_parts, n_samples) or (n_parts, n_channels, n_samples), float32
        The sound of every part, made when it is first asked for.
    mix, residual : arrays of y's shape, float32
        The sum of the parts, and y minus that sum.
    objective : array
        The divergence at the start and after every iteration.
    frequencies_hz : array of shape (F,)
    times_s : array of shape (T,)
    sr : float
    n_iter : int
    names : list of str
        Of the parts.
    groups : list of list of int
        Which components every part is made of; with `n_parts` several, else its own.
    descriptions : list of dict
        peak_hz, note, energy_share and first_onset_s of every part.
    warnings : list of str
    summary : dict
        summary.json, of the last save() if there was one.
    """

    def __init__(self, run, sr, mono, name):
        self._run = run
        self._mono = mono
        self.name = name
        self._sound = None
        self._summary = None
        self.sr = sr

    W = property(lambda self: self._run.w)
    H = property(lambda self: self._run.h)
    S = property(lambda self: self._run.spectrogram)
    objective = property(lambda self: self._run.objective)
    n_samples = property(lambda self: self._run.num_samples)
    power = property(lambda self: int(self._run.options["power"]))
    n_iter = property(lambda self: self._run.iterations)
    names = property(lambda self: self._run.names)
    groups = property(lambda self: self._run.groups)
    descriptions = property(lambda self: self._run.descriptions)
    warnings = property(lambda self: self._run.warnings)
    parts = property(lambda self: self._made(0))
    mix = property(lambda self: self._made(1))
    residual = property(lambda self: self._made(2))

    @property
    def frequencies_hz(self):
        return np.arange(self.W.shape[0]) * self._run.bin_hz

    @property
    def times_s(self):
        return np.arange(self.H.shape[1]) * self._run.frame_seconds

    @property
    def summary(self):
        if self._summary is None:
            with tempfile.TemporaryDirectory(prefix="partwise-") as folder:
                self._summary, _ = self._write(pathlib.Path(folder) / "run", {"no_report": True})
                self._summary["files"] = []  # they went with the folder
        return self._summary

    def __len__(self):
        return len(self._run.names)

    def __repr__(self):
        return as_text(self)

    def _repr_html_(self):
        page, has_sound = self._page({})
        note = "" if has_sound else (
            "The sound is too long for this frame: the page that save() writes plays the files beside it."
        )
        return as_frame(page, f"{self.name}, taken apart by partwise", note)

    def _made(self, which):
        if self._sound is None:
            parts, mix, residual = self._run.sound()
            self._sound = (parts[:, 0], mix[0], residual[0]) if self._mono else (parts, mix, residual)
        return self._sound[which]

    def _write(self, folder, options, callback=None, alone=False):
        """Writes all outputs; gives the summary, and whether the report holds the sound itself."""
        given = as_given("save", options, SAVE)
        with listener(callback) as progress:
            text, has_sound = self._run.write(
                os.fspath(folder), self.name, given, alone, progress
            )
        return json.loads(text), has_sound

    @with_options(SAVE)
    def save(self, folder, *, callback=None, **options):
        """Write what the program writes: parts, mix, residual, factors.npz, summary.json, report.html.

        The folder appears whole or not at all.

        Parameters
        ----------
        folder : path
        callback : callable or 'tqdm', default=None
            As of `separate`.
        {options}

        Returns
        -------
        pathlib.Path
            The folder.
        """
        self._summary, _ = self._write(folder, options, callback)
        return pathlib.Path(folder)

    def report(self, **options):
        """The page as the text of one HTML file that needs no other: look, listen, compare.

        Takes the options of `save` that concern the page, as report_size.
        """
        return self._page(options)[0]

    def _page(self, options):
        """The page's text, and whether it holds the sound."""
        with tempfile.TemporaryDirectory(prefix="partwise-") as folder:
            _, has_sound = self._write(pathlib.Path(folder) / "run", options, alone=True)
            page = pathlib.Path(folder) / "run" / "report.html"
            return page.read_text(encoding="utf-8"), has_sound

    def plot_spectra(self, ax=None, **line):
        """Every template in decibels below its peak, over frequency, on matplotlib axes; gives them."""
        return _plots.spectra(self, ax, line)

    def plot_activations(self, ax=None, **line):
        """Every activation over time, each from 0 to its peak, one above the other; gives the axes."""
        return _plots.activations(self, ax, line)

    def plot_spectrogram(self, ax=None, *, part=None, depth_db=80.0, colorbar=True, **mesh):
        """V, or the model W[:, part] H[part], in decibels below the loudest cell; gives the axes."""
        return _plots.spectrogram(self, ax, part, depth_db, colorbar, mesh)
