"""How a result shows itself in a notebook, and as text."""

import html

# The page's transport, spectrogram and first parts; what is below is scrolled to inside the frame.
_HEIGHT_PIXELS = 760


def as_frame(page, title, note=""):
    """A page in a frame of its own: its scripts run, and reach nothing of the notebook's."""
    told = f"<p>{html.escape(note)}</p>" if note else ""
    return (
        f'{told}<iframe title="{html.escape(title)}" sandbox="allow-scripts allow-downloads" '
        f'style="width:100%;height:{_HEIGHT_PIXELS}px;border:1px solid #8888" '
        f'srcdoc="{html.escape(page)}"></iframe>'
    )


def _number(value, digits):
    return f"{value:.{digits}f}" if value == value else "-"


def _row(name, one, width):
    return (f"{name:{width}}{_number(one['peak_hz'], 1):>10}  {one['note']:4}"
            f"{_number(100 * one['energy_share'], 1):>10}{_number(one['first_onset_s'], 2):>15}")


def as_text(found):
    """The table that the program shows at its end, for found: a Separation."""
    parts, plural = len(found), "" if len(found) == 1 else "s"
    lines = [f"Separation of {found.name!r}, {found.n_samples / found.sr:.2f} s at {found.sr:g} Hz, into "
             f"{parts} part{plural} ({found.n_iter} iterations)"]
    names = found.names
    width = max(len("part"), *map(len, names))
    lines.append(f"{'part':{width}}   peak Hz  note  energy %  first onset s")
    lines += [_row(name, one, width) for name, one in zip(names, found.descriptions)]
    lines += [f"warning: {text}" for text in found.warnings]
    return "\n".join(lines)
