#!/usr/bin/env python3
"""How well partwise takes recordings apart whose sources are known; see README.md. Python's standard library alone.

Runs every recording of a folder with every method of the table below over several seeds, scores the parts by
`partwise evaluate`, and prints Markdown: means over families of recordings, paired differences with bootstrap
intervals, every recording, the worst first, and what is known of others (BASELINES.md of the folder).
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import time

import quality_tables

# A method: its name, what `partwise decompose` is told, how parts find their sources (--match of `partwise
# evaluate`; permutation is unaided, oracle is not), and the column of BASELINES.md that is held against it. {K} is the
# number of sources, {4K} four times it. The first is what the others are compared with; add a line, and it is run.
METHODS = [
    ("KL, K parts", "-k {K}", "permutation", "KL 1x"),
    ("KL, K parts, random start", "-k {K} --init random", "permutation", "KL 1x"),
    ("KL, K parts, masks 1.5", "-k {K} --mask-exponent 1.5", "permutation", "KL 1x"),
    ("--parts K", "--parts {K}", "permutation", "NMFD-KL blind T10 1x"),
    ("--parts K, method merge", "--parts {K} --method merge", "permutation", "NMFD-KL blind T10 1x"),
    ("KL, 4 a source", "-k {4K}", "oracle", "KL 4x"),
    ("KL, 4 a source, random start", "-k {4K} --init random", "oracle", "KL 4x"),
    ("KL, 4 a source, masks 1.5", "-k {4K} --mask-exponent 1.5", "oracle", "KL 4x"),
    ("Frobenius, 4 a source", "-k {4K} --loss frobenius", "oracle", "CDsoft 4x"),
    ("--parts 4 a source", "--parts {4K}", "oracle", "KL 4x"),
    ("--parts 4 a source, method merge", "--parts {4K} --method merge", "oracle", "KL 4x"),
]
# Recordings by the beginning of their names; the others are a family of their own.
FAMILIES = {"drums": ("s01", "s02", "s03"), "pitched": ("s04", "s05"), "band": ("s06", "s08"), "collage": ("s07",)}
OTHERS = "other"
SECONDS_ALLOWED = 1800  # of one run: more means that something hangs


def family_of(item):
    return next((name for name, starts in FAMILIES.items() if item.startswith(starts)), OTHERS)


def find_items(folder):
    """Every folder below with `stems` and a mixture, by name."""
    found = sorted(path.parent for path in folder.rglob("stems") if path.is_dir())
    return [path for path in found if (path / "mix.wav").exists()]


def arguments_of(words, sources):
    return words.replace("{4K}", str(4 * sources)).replace("{K}", str(sources)).split()


def run(command):
    result = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=SECONDS_ALLOWED, check=False
    )
    if result.returncode != 0:
        sys.exit(f"quality.py: {' '.join(map(str, command))}: {result.stderr.strip()}")
    return result.stdout


def measure(options, method, seed, item):
    """One line of the results: what a method made of a recording with a seed."""
    _, words, match, _ = method
    sources = sum(path.suffix in (".wav", ".flac") for path in (item / "stems").iterdir())
    parts = options.out / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    begun = time.monotonic()
    run(
        [
            options.program,
            "decompose",
            item / "mix.wav",
            *arguments_of(words, sources),
            "--seed",
            seed,
            "--threads",
            options.threads,
            "-o",
            parts,
            "--no-report",
            "--quiet",
        ]
    )
    seconds = time.monotonic() - begun
    summary = json.loads((parts / "summary.json").read_text())
    [told] = json.loads(run([options.program, "evaluate", item, parts, "--match", match, "--json"]))["items"]
    shutil.rmtree(parts)
    return {
        "seed": seed,
        "item": item.name,
        "seconds": seconds,
        "audio_s": summary["analysed"]["samples"] / summary["analysed"]["rate"],
        "scores": told["mean"],
        "hits_f": (told["hits"] or {}).get("f"),
        "notes_f": (told["notes"] or {}).get("f"),
        "sources": [{"name": s["name"], "sdr_db": s["sdr_db"], "si_sdr_db": s["si_sdr_db"]} for s in told["sources"]],
    }


def measure_all(options, items):
    """The results of all methods, those of an earlier run of the same program among them."""
    # Figures depend on the program and on what it is told, and on nothing else that is here.
    program = hashlib.sha256(pathlib.Path(options.program).read_bytes()).hexdigest()
    path = options.out / "quality.jsonl"
    known = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    known = {tuple(line["key"]): line for line in known}
    results = []
    for method in METHODS:
        for seed in range(options.seeds):
            for item in items:
                key = (program, method[1], method[2], seed, str(item), options.threads)
                if key not in known:
                    print(f"{method[0]}, seed {seed}, {item.name}", file=sys.stderr)
                    known[key] = {"key": key, **measure(options, method, seed, item)}
                    with path.open("a") as file:
                        file.write(json.dumps(known[key]) + "\n")
                results.append({**known[key], "method": method[0], "family": family_of(item.name)})
    return results


def text_of(options, results):
    baselines = quality_tables.read_baselines(options.items / "BASELINES.md")
    items = {line["item"]: line["audio_s"] for line in results}
    lines = [
        "# Quality",
        "",
        f"`bench/quality` on {len(items)} recordings, together {sum(items.values()):.0f} s; seeds: {options.seeds}; "
        f"threads: {options.threads}. Scores are in dB, each at least -30: means over a recording's sources, then over "
        "seeds, then over recordings.",
        "",
    ]
    for table in (
        quality_tables.families,
        quality_tables.differences,
        quality_tables.against_baselines,
        quality_tables.by_item,
        quality_tables.events,
        quality_tables.arguments,
    ):
        lines += table(results, METHODS, baselines)
    return "\n".join(lines).rstrip() + "\n"


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "items",
        nargs="?",
        type=pathlib.Path,
        default=here.parent.parent / "shared" / "evaluation",
        help="the folder of recordings",
    )
    parser.add_argument("--program", default=here.parent / "build/release/apps/partwise/partwise")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--method", action="append", default=[], help="only methods whose name holds this")
    parser.add_argument("--quick", action="store_true", help="one seed")
    parser.add_argument(
        "--out",
        type=pathlib.Path,
        default=here.parent / "build/quality",
        help="where measurements are kept; a run that was stopped goes on",
    )
    options = parser.parse_args()
    if options.quick:
        options.seeds = 1
    options.out.mkdir(parents=True, exist_ok=True)
    METHODS[:] = [m for m in METHODS if not options.method or any(word in m[0] for word in options.method)]
    items = find_items(options.items)
    if not items or not METHODS:
        sys.exit(
            f"quality.py: {options.items}: "
            + ("no method of that name" if items else "no recordings there, expected folders with stems and mix.wav")
        )
    print(text_of(options, measure_all(options, items)), end="")


if __name__ == "__main__":
    main()
