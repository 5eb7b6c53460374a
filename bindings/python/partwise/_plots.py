"""W, H and V on matplotlib axes, for papers. matplotlib is imported when a plot is asked for."""

import numpy as np

# A template's bins further below its peak than this are drawn at it.
_SPECTRUM_DEPTH_DB = 60.0
# Of the height that one activation has, so that its peak does not touch the next.
_TRACE_HEIGHT = 0.9


def _axes(ax):
    if ax is not None:
        return ax
    from matplotlib import pyplot

    return pyplot.subplots(constrained_layout=True)[1]


def _below_peak(magnitude, power, depth_db):
    """Decibels below the largest value; all at -depth_db where everything is zero."""
    peak = magnitude.max()
    if not peak > 0:
        return np.full(magnitude.shape, -depth_db)
    scale = 20.0 / power
    floor = 10 ** (-depth_db / scale)
    return scale * np.log10(np.maximum(magnitude / peak, floor))


def _log_frequency(ax, along, frequencies):
    """A logarithmic axis from the first bin that is not 0 Hz."""
    getattr(ax, f"set_{along}scale")("log")
    getattr(ax, f"set_{along}lim")(frequencies[1], frequencies[-1])
    getattr(ax, f"set_{along}label")("frequency / Hz")


def spectra(found, ax, line):
    ax = _axes(ax)
    frequencies = found.frequencies_hz
    for k, name in enumerate(found.names):
        decibels = _below_peak(found._run.part_w[:, k], found.power, _SPECTRUM_DEPTH_DB)
        ax.plot(frequencies, decibels, **{"label": name, "linewidth": 1, **line})
    _log_frequency(ax, "x", frequencies)
    ax.set_ylabel("level / dB below peak")
    ax.legend()
    return ax


def activations(found, ax, line):
    ax = _axes(ax)
    names = found.names
    for k, gains in enumerate(found._run.part_h):
        peak = gains.max()
        trace = gains * (_TRACE_HEIGHT / peak) if peak > 0 else gains
        ax.plot(found.times_s, trace - k, **{"linewidth": 1, **line})
    ax.set_yticks([-k for k in range(len(names))], names)
    ax.set_xlim(0, found.times_s[-1] or None)
    ax.set_xlabel("time / s")
    return ax


def spectrogram(found, ax, part, depth_db, colorbar, mesh):
    if not depth_db > 0:
        raise ValueError(f"depth_db = {depth_db}, expected more than 0")
    ax = _axes(ax)
    shown = found.S
    if part is not None:
        members = found.groups[part]
        shown = found.W[:, members] @ found.H[members]
    # Row 0 is 0 Hz, which a logarithmic axis has no place for.
    image = ax.pcolormesh(found.times_s, found.frequencies_hz[1:],
                          _below_peak(shown[1:], found.power, depth_db),
                          **{"shading": "nearest", "cmap": "magma", "rasterized": True, **mesh})
    _log_frequency(ax, "y", found.frequencies_hz)
    ax.set_xlabel("time / s")
    if colorbar:
        ax.figure.colorbar(image, ax=ax, label="level / dB below peak")
    return ax
