"""How far a long call is: a callback, or tqdm's bar."""

import contextlib


def _bar(**options):
    """tqdm's bar, or None where tqdm is not there."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(**options)


def check_callback(callback):
    if callback is not None and callback != "tqdm" and not callable(callback):
        raise ValueError(f"callback = {callback!r}, expected a callable, 'tqdm' or None")


@contextlib.contextmanager
def _shown(callback, make_bar, show):
    """What the core is to call: the callback itself, or show(bar, ...)."""
    check_callback(callback)
    bar = make_bar() if isinstance(callback, str) else None
    if bar is None:
        yield callback if callable(callback) else None
        return
    with bar:
        yield lambda *told: show(bar, *told)


@contextlib.contextmanager
def listener(callback):
    """What the core is to call with (stage, share, iteration, objective), or None.

    'tqdm' draws a bar where tqdm is there, and nothing where it is not.
    """
    bars = []

    def make():
        layout = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"
        bars.append(_bar(total=100, bar_format=layout))
        return bars[0]

    def show(bar, stage, share, iteration, objective):
        bar.set_description(stage, refresh=False)
        bar.update(100 * share - bar.n)

    with _shown(callback, make, show) as found:
        yield found
        if bars and bars[0] is not None:
            bars[0].update(100 - bars[0].n)


def iteration_listener(callback, max_iter):
    """What the core is to call with (iteration, objective), or None."""

    def show(bar, iteration, objective):
        bar.set_postfix(objective=f"{objective:.6g}", refresh=False)
        bar.update(iteration - bar.n)

    return _shown(callback, lambda: _bar(total=max_iter, unit="it"), show)
