"""What bench/quality found, as Markdown. Results are lists of dicts as quality.measure() makes them."""

import random
import re
import statistics

RESAMPLES = 10_000
SCORES = (("SDR", "sdr_db"), ("SI-SDR", "si_sdr_db"))
# Rows of BASELINES.md that are shown beside ours: as the notebook does it, the best peers, the bound.
SHOWN_BASELINES = ("CDraw 1x", "KL 1x", "NMFD-KL blind T10 1x", "CDsoft 4x", "KL 4x", "IRM2")


def interval(values):
    """Mean and percentile bootstrap interval (95 %) of it."""
    generator = random.Random(0)
    means = sorted(statistics.fmean(generator.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return statistics.fmean(values), means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1]


def per_item(results, method, score):
    """{item: [value for each seed]}"""
    found = {}
    for line in results:
        if line["method"] == method:
            found.setdefault(line["item"], []).append(line["scores"][score])
    return found


def means_over_seeds(results, method, score):
    return {item: statistics.fmean(values) for item, values in per_item(results, method, score).items()}


def family_names(results):
    """In the order of their first recordings."""
    return list(dict.fromkeys(line["family"] for line in sorted(results, key=lambda line: line["item"])))


def items_of(results, family):
    return sorted({line["item"] for line in results if family in (line["family"], "all")})


def read_baselines(path):
    """{score: {column: {item: dB}}} of the tables whose titles name scores; {} where there is no file."""
    found, scores, columns = {}, (), None
    for line in path.read_text().splitlines() if path.exists() else ():
        if line.startswith("###"):
            scores = [
                key
                for words, key in (("mean SDR", "sdr_db"), ("mean SISDR", "si_sdr_db"), ("/ SI-SDR", "si_sdr_db"))
                if words in line
            ]
            columns = None
        if not scores or not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if columns is None:
            columns = cells
        for column, cell in zip(columns[1:], cells[1:]):
            values = re.match(r"(-?\d+\.\d)(?: / (-?\d+\.\d))?", cell)
            for score, value in zip(scores, values.groups() if values else ()):
                found.setdefault(score, {}).setdefault(column, {})[cells[0]] = float(value)
    return found


def table(heading, rows):
    return [
        "| " + " | ".join(heading) + " |",
        "|" + "---|" + "---:|" * (len(heading) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def both(values):
    """ "SDR / SI-SDR" of pairs of numbers or None."""
    return " / ".join("-" if value is None else f"{value:.1f}" for value in values)


def mean_over(values, items):
    """None unless every item has one: a mean over others would be of other recordings."""
    return statistics.fmean(values[item] for item in items) if items and all(i in values for i in items) else None


def families(results, methods, baselines):
    names = [*family_names(results), "all"]
    rows = []
    for method in [m[0] for m in methods]:
        values = [means_over_seeds(results, method, score) for _, score in SCORES]
        spread = max(max(v) - min(v) for v in per_item(results, method, SCORES[0][1]).values())
        pace = statistics.fmean(line["seconds"] / line["audio_s"] for line in results if line["method"] == method)
        rows.append(
            [
                method,
                *(both([mean_over(v, items_of(results, name)) for v in values]) for name in names),
                f"{spread:.1f}",
                f"{pace:.3f}",
            ]
        )
    for column in SHOWN_BASELINES:
        values = [baselines.get(score, {}).get(column, {}) for _, score in SCORES]
        cells = [both([mean_over(v, items_of(results, name)) for v in values]) for name in names]
        if any(cell != "- / -" for cell in cells):
            rows.append([f"*{column}*", *cells, "", ""])
    note = (
        "SDR / SI-SDR. Spread: the largest difference of SDR between seeds of one recording. Time: of the whole "
        "program, in seconds for a second of sound." + (" In italics: BASELINES.md." if baselines else "")
    )
    return ["## Families", "", note, "", *table(["method", *names, "spread", "time"], rows)]


def difference(values, others):
    """Mean and interval of values - others over the items that both have, in words."""
    items = sorted(values.keys() & others.keys())
    if not items:
        return "-"
    mean, low, high = interval([values[item] - others[item] for item in items])
    return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def differences(results, methods, _):
    first = methods[0][0]
    rows = [
        [
            method,
            *(
                difference(means_over_seeds(results, method, score), means_over_seeds(results, first, score))
                for _, score in SCORES
            ),
        ]
        for method, *_ in methods[1:]
    ]
    if not rows:
        return []
    return [
        f"## Paired differences to {first}",
        "",
        "Over all recordings, with the 95 % interval (percentile bootstrap over recordings; seeds averaged before).",
        "",
        *table(["method", "SDR", "SI-SDR"], rows),
    ]


def against_baselines(results, methods, baselines):
    rows = []
    for method, _, _, column in methods:
        for family in [*family_names(results), "all"]:
            items = items_of(results, family)
            cells = []
            for _, score in SCORES:
                others = baselines.get(score, {}).get(column, {})
                ours = means_over_seeds(results, method, score)
                cells.append(difference({i: ours[i] for i in items}, others))
            if cells[0] != "-":
                rows.append([method if family == family_names(results)[0] else "", column, family, *cells])
    if not rows:
        return []
    return [
        "## Paired differences to the baselines",
        "",
        "To the column of BASELINES.md that has as many parts; its figures "
        "have one decimal, and come of parts grouped by the oracle.",
        "",
        *table(["method", "baseline", "recordings", "SDR", "SI-SDR"], rows),
    ]


def by_item(results, methods, _):
    names = [m[0] for m in methods]
    scores = {m: [per_item(results, m, score) for _, score in SCORES] for m in names}

    def mean_of(item):
        return statistics.fmean(value for m in names for value in scores[m][0][item])

    def cell(method, item):
        sdr, si_sdr = (scores[method][s][item] for s in range(2))
        spread = f" ({min(sdr):.1f} to {max(sdr):.1f})" if max(sdr) - min(sdr) >= 0.05 else ""
        return both([statistics.fmean(sdr), statistics.fmean(si_sdr)]) + spread

    rows = [[item, *(cell(method, item) for method in names)] for item in sorted(items_of(results, "all"), key=mean_of)]
    return [
        "## Recordings, the worst first",
        "",
        "SDR / SI-SDR, means over seeds; in brackets the range of SDR over seeds.",
        "",
        *table(["recording", *names], rows),
    ]


def events(results, methods, _):
    """Hits and notes, where any method tells of them."""
    names = [m[0] for m in methods]
    lines = []
    for heading, key in (("hits", "hits_f"), ("notes", "notes_f")):
        rows = []
        for item in items_of(results, "all"):
            values = [
                [
                    line[key]
                    for line in results
                    if (line["method"], line["item"]) == (method, item) and line[key] is not None
                ]
                for method in names
            ]
            if any(values):
                rows.append([item, *(f"{statistics.fmean(v):.3f}" if v else "-" for v in values)])
        if rows:
            lines += table([heading, *names], rows)
    return (
        [
            "## Hits and notes",
            "",
            "F within 50 ms, means over seeds; parts are given to classes by an oracle.",
            "",
            *lines,
        ]
        if lines
        else []
    )


def arguments(_results, methods, _baselines):
    rows = [[name, f"`{words}`", match] for name, words, match, _ in methods]
    return [
        "## Methods",
        "",
        "What `partwise decompose` is told ({K}: the number of sources), and how `partwise evaluate` finds "
        "the parts of a source: permutation is one part each without further help, oracle groups them by looking at the "
        "sources.",
        "",
        *table(["method", "arguments", "match"], rows),
    ]
