#!/usr/bin/env python3
"""Which module may include which: one table, checked against every #include of the sources and
every import of the page's scripts.

check_layers.py ROOT          prints each include that runs the wrong way, fails if there is one
check_layers.py --self-test   plants wrong includes in a scratch tree and expects to find each
"""
import os
import pathlib
import re
import sys
import tempfile

CORE = "base kernels dsp nmf separate describe events parts"

# module: (modules it may include beside itself, outside libraries it may include)
MODULES = {
    "base": ("", ""),
    "kernels": ("base", "hwy"),
    "dsp": ("base kernels", "pocketfft fftw3"),
    "nmf": ("base kernels", "Eigen"),
    "separate": ("base kernels dsp nmf", ""),
    "describe": ("base kernels dsp nmf", ""),
    "events": ("base kernels dsp nmf describe", ""),
    "evaluate": ("base kernels dsp", "Eigen"),
    "parts": ("base kernels dsp nmf separate describe", ""),
    "pipeline": ("base kernels dsp nmf separate describe events parts", ""),
    "report": ("base", ""),
    "formats": ("base", "zlib"),
    "disk": ("base formats", "nlohmann"),
    "codecs": ("base formats disk", "sndfile soxr ebur128 curl"),
    "pictures": ("base formats", ""),
    "options": (CORE + " evaluate pipeline formats pictures", "nlohmann"),
    "store": (CORE + " pipeline formats disk options", "nlohmann"),
    "writers": (CORE + " pipeline report formats disk pictures options store", ""),
    "scoring": (CORE + " evaluate formats disk options store", ""),
    "estimate": (CORE + " pipeline report formats disk options store writers", ""),
    "run": (CORE + " pipeline report formats disk pictures options store writers estimate", ""),
}

# Which module a public header belongs to.
PUBLIC_HEADERS = {
    "base": "byte_stream display_text enum_words error index matrix message range reducer "
            "run_control "
            "signal signal_source version zeroed_memory",
    "dsp": "decibels stft",
    "nmf": "data_source factorize factorize_problem",
    "separate": "gain_source parts_sink separate",
    "describe": "describe",
    "events": "events",
    "evaluate": "evaluate evaluation_options",
    "parts": "drums parts",
    "pipeline": "decompose",
    "report": "report",
    "formats": "audio_file audio_inspect image input_name npz report_audio wav_signal",
    "disk": "audio_input sound_services",
    "pictures": "picture",
    "options": "commands option_names option_spec run_options",
    "store": "outputs stored_run",
    "scoring": "evaluate_folders",
    "estimate": "estimate",
    "run": "json_lines run",
}

# Leaves translate: they see the public headers and their own files, no module's insides.
LEAVES = ["apps", "bindings", "plugins", "examples"]

# Rooms of the program: which of the others each may include.
PROGRAM = "apps/partwise"
PROGRAM_ROOMS = {"terminal": "", "parse": "terminal", "shell": "parse terminal",
                 "commands": "parse terminal", ".": "commands parse terminal"}

# Rooms of the page's scripts: from which of the others each may import. Only what stands outside the
# rooms, page.js, puts all of them together.
PAGE = "src/report/page"
PAGE_ROOMS = {"model": "", "text": "model", "spectra": "model", "sound": "model",
              "draw": "model text spectra", "elements": "model text draw",
              "panels": "model text spectra sound draw elements",
              ".": "model text spectra sound draw elements panels"}

IMPORT = re.compile(r'^(?:import\b|\})[^;"]*"([^"]+)";', re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:[<"]([^>"]+)[>"]|(\w+))', re.MULTILINE)
SOURCES = {".cpp", ".hpp", ".h", ".inl"}
OUTSIDE = sorted({lib for _, libs in MODULES.values() for lib in libs.split()} | {"CLI"})


def header_modules():
    return {f"partwise/{name}.hpp": module
            for module, names in PUBLIC_HEADERS.items() for name in names.split()}


def outside_library(include):
    """The outside library that an include names, or None. Macros name pocketfft's header."""
    for library in OUTSIDE:
        if library.lower() in include.split("/")[0].lower():
            return library
    return None


def sources_below(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in SOURCES) if folder.is_dir() else []


def includes_of(path):
    return [a or b for a, b in INCLUDE.findall(path.read_text(errors="replace"))]


def faults_of_module(path, module, headers):
    may, libraries = (set(words.split()) for words in MODULES[module])
    for include in includes_of(path):
        first = include.split("/")[0]
        target = headers.get(include, first if first in MODULES else None)
        if first == "partwise" and target is None:
            yield f"{include} has no module in the table of {pathlib.Path(__file__).name}"
        elif target not in (None, module) and target not in may:
            yield f"{module} must not include {target} ({include})"
        elif target is None and (library := outside_library(include)) not in (None, *libraries):
            yield f"{module} must not include {library} ({include})"


def faults_of_public_header(path, headers):
    module = headers.get(f"partwise/{path.name}")
    if module is None:
        yield f"this header has no module in the table of {pathlib.Path(__file__).name}"
        return
    yield from faults_of_module(path, module, headers)
    for include in includes_of(path):
        if include.split("/")[0] in MODULES or outside_library(include):
            yield f"a public header must not include {include}"


def faults_of_leaf(path):
    for include in includes_of(path):
        if include.split("/")[0] in MODULES or include.startswith("../"):
            yield f"a leaf includes public headers only, not {include}"


def faults_of_program(path, root):
    room = path.parent.relative_to(root / PROGRAM).as_posix()
    if room not in PROGRAM_ROOMS:
        yield "this room of the program is not in the table"
        return
    for include in includes_of(path):
        target = include.split("/")[0]
        if target in PROGRAM_ROOMS and target not in (room, *PROGRAM_ROOMS[room].split()):
            yield f"{room} must not include {target} ({include})"


def faults_of_script(path, root):
    page = root / PAGE
    room = path.parent.relative_to(page).as_posix()
    if room not in PAGE_ROOMS:
        yield "this room of the page is not in the table"
        return
    for name in IMPORT.findall(path.read_text()):
        other = os.path.relpath(path.parent / name / "..", page)
        if other not in (room, *PAGE_ROOMS[room].split()):
            yield f"{room} must not import from {other} ({name})"


def all_faults(root):
    """(file, fault) for each include that runs the wrong way; and how many files were read."""
    headers = header_modules()
    faults, count = [], 0

    def look(files, check):
        nonlocal count
        for path in files:
            count += 1
            faults.extend((path.relative_to(root), fault) for fault in check(path))

    for folder in sorted(p for p in (root / "src").iterdir() if p.is_dir()):
        if folder.name not in MODULES:
            faults.append((folder.relative_to(root), "this module is not in the table"))
            continue
        look(sources_below(folder), lambda p, m=folder.name: faults_of_module(p, m, headers))
    look(sources_below(root / "include"), lambda p: faults_of_public_header(p, headers))
    for leaf in LEAVES:
        look(sources_below(root / leaf), faults_of_leaf)
    look(sources_below(root / PROGRAM), lambda p: faults_of_program(p, root))
    look(sorted((root / PAGE).rglob("*.js")), lambda p: faults_of_script(p, root))
    return faults, count


def self_test():
    planted = {
        "src/dsp/a.cpp": "#include <nmf/loss.hpp>\n",
        "src/kernels/a.hpp": "  #  include <partwise/stft.hpp>\n",
        "src/formats/a.cpp": "#include <partwise/decompose.hpp>\n",
        "src/formats/b.cpp": "#include <disk/spool.hpp>\n",
        "src/options/a.cpp": "#include <writers/part_names.hpp>\n",
        "src/store/a.cpp": "#include <writers/part_names.hpp>\n",
        "src/writers/a.cpp": "#include <partwise/json_lines.hpp>\n",
        "src/scoring/a.cpp": "#include <estimate/measure_analysis.hpp>\n",
        "src/report/a.cpp": '#include "formats/text.hpp"\n',
        "src/pipeline/a.cpp": "#include <sndfile.h>\n",
        "src/nmf/a.cpp": "#include PARTWISE_POCKETFFT_HEADER\n",
        "src/surprise/a.cpp": "\n",
        "src/base/a.cpp": "#include <partwise/unheard_of.hpp>\n",
        "include/partwise/unheard_of.hpp": "\n",
        "include/partwise/factorize.hpp": "#include <Eigen/Dense>\n",
        "include/partwise/error.hpp": "#include <base/secret.hpp>\n",
        "apps/partwise/main.cpp": "#include <options/option_parsing.hpp>\n",
    }
    planted["apps/partwise/terminal/a.cpp"] = '#include "parse/help.hpp"\n'
    planted["apps/partwise/attic/a.cpp"] = "\n"
    planted |= {
        f"{PAGE}/model/a.js": 'import { hueOf } from "../draw/colours.js";\n',
        f"{PAGE}/text/a.js": 'import {\n  el,\n  section,\n} from "../elements/elements.js";\n',
        f"{PAGE}/sound/a.js": 'import { a } from "../text/units.js";\n',
        f"{PAGE}/draw/a.js": 'import { Sound } from "../sound/sound.js";\n',
        f"{PAGE}/panels/a.js": 'import { build } from "../page.js";\n',
        f"{PAGE}/attic/a.js": "\n",
    }
    innocent = {
        f"{PAGE}/page.js": 'import { header } from "./panels/overview_panel.js";\n',
        f"{PAGE}/panels/b.js": 'import {\n  a,\n} from "../sound/sound.js";\nimport { b } from "./a.js";\n',
        "src/writers/b.cpp": "#include <report/x.hpp>\n#include <partwise/stft.hpp>\n",
        "src/codecs/b.cpp": "#include <sndfile.h>\n#include <formats/text.hpp>\n",
        "src/dsp/b.cpp": "#include PARTWISE_POCKETFFT_HEADER\n#include <kernels/t.hpp>\n",
        "apps/partwise/commands/b.cpp": '#include <partwise/stft.hpp>\n#include "parse/help.hpp"\n',
    }
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        for name, text in {**planted, **innocent}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = {str(path) for path, _ in all_faults(root)[0]}
    expected = {"src/surprise" if "surprise" in name else name for name in planted}
    for name in sorted(expected - found):
        print(f"the planted fault in {name} was not found")
    for name in sorted(found - expected):
        print(f"{name} is innocent and was blamed")
    return found == expected


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(0 if self_test() else 1)
    faults, count = all_faults(pathlib.Path(sys.argv[1]))
    for path, fault in faults:
        print(f"{path}: {fault}")
    if count == 0:
        print("there is nothing to read below", sys.argv[1])
    sys.exit(1 if faults or count == 0 else 0)


if __name__ == "__main__":
    main()
