#!/usr/bin/env python3
"""What cmake/join_modules.cmake and cmake/join_styles.cmake make of files, and what they refuse.

check_page_joining.py CMAKE FOLDER_OF_THE_SCRIPTS
"""
import pathlib
import subprocess
import sys
import tempfile

GOOD = {
    "page.js": 'import { shout as say, kName } from "./text/words.js";\n'
               'import { Box } from "./box.js";\n\nsay(kName, new Box());\n',
    "box.js": 'import {\n  kName,\n} from "./text/words.js";\nexport class Box {\n  name = kName;\n}\n',
    "text/words.js": 'const secret = "a;b[\\n";\nexport const kName = "x";\n'
                     "export async function shout() {\n  return `${secret};]`;\n}\n",
}
JOINED = '''(() => {
"use strict";
const modules = {};

modules["text/words.js"] = (() => {
const secret = "a;b[\\n";
const kName = "x";
async function shout() {
  return `${secret};]`;
}
return { kName, shout };
})();

modules["box.js"] = (() => {
const { kName } = modules["text/words.js"];
class Box {
  name = kName;
}
return { Box };
})();

modules["page.js"] = (() => {
const { shout: say, kName } = modules["text/words.js"];
const { Box } = modules["box.js"];

say(kName, new Box());
return {  };
})();

})();
'''

# What is put into the modules above, and what the refusal says.
BAD = {
    "a circle": ({"text/words.js": 'import { Box } from "../box.js";\nexport const kName = "x";\n'
                                   "export function shout() {}\n"},
                 "page.js -> text/words.js -> box.js -> text/words.js"),
    "a module that imports itself": ({"box.js": 'import { Box } from "./box.js";\nexport class Box {}\n'},
                                     "box.js -> box.js"),
    "a file that is not there": ({"box.js": 'import { a } from "./boxes.js";\n'},
                                 "box.js imports ./boxes.js: there is no such file"),
    "a file outside": ({"box.js": 'import { a } from "../box.js";\n'},
                       "box.js imports ../box.js: there is no such file"),
    "a name that is not exported": ({"text/words.js": 'const kName = "x";\nexport function shout() {}\n'},
                                    "page.js imports kName, which text/words.js does not export"),
    "a module that nothing imports": ({"text/more.js": "export const a = 1;\n"},
                                      "nothing imports text/more.js"),
    "a whole module": ({"box.js": 'import * as words from "./text/words.js";\nexport class Box {}\n'},
                       "does not understand"),
    "an import for its effects": ({"box.js": 'import "./text/words.js";\nexport class Box {}\n'},
                                  "does not understand"),
    "a default export": ({"box.js": "export default class Box {}\n"}, "does not understand"),
    "a list of exports": ({"box.js": "class Box {}\nexport { Box };\n"}, "does not understand"),
    "an export that changes": ({"box.js": "export let Box = 1;\n"}, "does not understand"),
    "an import at run time": ({"box.js": 'export class Box {\n  a = import("./a.js");\n}\n'},
                              "do not work in a page that is one file"),
}


STYLES = {
    "page.css": '/* In this order. */\n@import "./style/b.css";\n@import "./style/a.css";\n',
    "style/a.css": "a {\n}\n",
    "style/b.css": "b {\n}\n",
}
JOINED_STYLES = "b {\n}\n\na {\n}\n\n"
BAD_STYLES = {
    "a style that is not there": ({"page.css": STYLES["page.css"] + '@import "./style/c.css";\n'},
                                  "imports style/c.css"),
    "a style twice": ({"page.css": STYLES["page.css"] + '@import "./style/a.css";\n'}, "imported twice"),
    "a style that is not imported": ({"style/c.css": "c {\n}\n"}, "does not import style/c.css"),
    "a rule among imports": ({"page.css": STYLES["page.css"] + "a {}\n"}, "is not an import"),
}


def join(command, files, entry):
    """(the joined text or None, what was said); the command gets FOLDER, ENTRY, IN and OUT."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "page"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        out = pathlib.Path(scratch) / "out"
        places = [f"-DFOLDER={folder}", f"-DENTRY={entry}", f"-DIN={folder / entry}", f"-DOUT={out}"]
        cmake, script = command
        done = subprocess.run([cmake, *places, "-P", script], capture_output=True, text=True, check=False)
        said = " ".join(done.stderr.split())  # cmake breaks lines
        return (out.read_text() if done.returncode == 0 else None), said


def faults_of(command, entry, good, expected, bad):
    joined, said = join(command, good, entry)
    if joined != expected or "Error" in said:
        yield f"good files became {joined}\n{said}"
    for what, (change, refusal) in bad.items():
        joined, said = join(command, {**good, **change}, entry)
        if joined is not None:
            yield f"{what} was joined"
        elif refusal not in said:
            yield f"{what} was refused for another reason: {said}"


def main():
    cmake, scripts = sys.argv[1:]
    faults = [
        *faults_of((cmake, f"{scripts}/join_modules.cmake"), "page.js", GOOD, JOINED, BAD),
        *faults_of((cmake, f"{scripts}/join_styles.cmake"), "page.css", STYLES, JOINED_STYLES, BAD_STYLES),
    ]
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
