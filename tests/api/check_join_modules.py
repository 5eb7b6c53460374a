#!/usr/bin/env python3
"""What cmake/join_modules.cmake makes of modules, and which it refuses.

check_join_modules.py CMAKE SCRIPT
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


def join(cmake, script, modules):
    """(the joined script or None, what was said)"""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "page"
        for name, text in modules.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        out = pathlib.Path(scratch) / "out.js"
        done = subprocess.run(
            [cmake, f"-DFOLDER={folder}", "-DENTRY=page.js", f"-DOUT={out}", "-P", script],
            capture_output=True, text=True, check=False)
        said = " ".join(done.stderr.split())  # cmake breaks lines
        return (out.read_text() if done.returncode == 0 else None), said


def main():
    cmake, script = sys.argv[1:]
    faults = []
    joined, said = join(cmake, script, GOOD)
    if joined != JOINED or said:
        faults.append(f"good modules became {joined}\n{said}")
    for what, (change, refusal) in BAD.items():
        joined, said = join(cmake, script, {**GOOD, **change})
        if joined is not None:
            faults.append(f"{what} was joined")
        elif refusal not in said:
            faults.append(f"{what} was refused for another reason: {said}")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
