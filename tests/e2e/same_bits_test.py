#!/usr/bin/env python3
"""The same input and options give the same bits, for any number of threads."""
import json
import os
import re
import subprocess
import unittest

from support import ProgramTest

# What may differ between two runs: wall clock and the number of threads, and so the hash and the
# size of the page that shows them.
CASES = [
    ["-k", "4", "--max-iter", "20"],
    ["-k", "4", "--max-iter", "20", "--loss", "frobenius"],
    ["-k", "4", "--max-iter", "20", "--loss", "itakura-saito", "--init", "random", "--seed", "3"],
    ["-k", "4", "--max-iter", "20", "--librosa", "--format", "flac"],
    ["--parts", "2", "-k", "6", "--max-iter", "20"],
]


def timeless_summary(data):
    summary = json.loads(data)
    del summary["seconds"]
    del summary["options"]["threads"]
    for file in summary["files"]:
        if file["name"] == "report.html":
            file.clear()
    return summary


def timeless_page(data):
    data = re.sub(rb'"seconds":\s*\{[^{}]*\}', b"", data)
    return re.sub(rb'"threads":\s*\d+', b"", data)


class SameBits(ProgramTest):
    def results(self, threads, options):
        here = self.folder / str(threads)
        here.mkdir(exist_ok=True)
        self.decompose("../tones.wav", *options, "--threads", threads, "-o", "out", "--force",
                       cwd=here)
        files = {path.name: path.read_bytes() for path in (here / "out").iterdir()}
        files["summary.json"] = timeless_summary(files["summary.json"])
        files["report.html"] = timeless_page(files["report.html"])
        return files

    def test_one_two_and_four_threads_give_the_same_bits(self):
        # Long enough for several blocks of frames, stereo, and no round number of frames.
        self.sound(seconds=3.21, rate=22050, channels=2)
        for options in CASES:
            with self.subTest(options=options):
                one = self.results("1", options)
                for threads in ("2", "4"):
                    other = self.results(threads, options)
                    self.assertEqual(set(one), set(other))
                    for name in one:
                        self.assertTrue(one[name] == other[name], f"{name}, {threads} threads")

    def test_a_run_through_the_library_gives_the_files_of_the_program(self):
        sound = self.sound(seconds=1.3, rate=22050, channels=2)
        self.decompose(sound, "-k", "3", "-o", self.folder / "program")
        library = self.folder / "library"
        subprocess.run([os.environ["PARTWISE_WHOLE_RUN"], str(sound), str(library), "3"],
                       check=True, capture_output=True)
        files = {path.name: path.read_bytes() for path in (self.folder / "program").iterdir()}
        self.assertEqual(set(files), {path.name for path in library.iterdir()})
        for name in set(files) - {"summary.json", "report.html"}:
            self.assertTrue(files[name] == (library / name).read_bytes(), name)

    def test_the_comparison_would_see_one_changed_bit(self):
        self.sound()
        options = ["-k", "2", "--max-iter", "5"]
        one = self.results("1", options)
        other = self.results("2", [*options, "--init", "random", "--seed", "9"])
        for name in ("part-00.wav", "factors.npz", "summary.json", "report.html"):
            self.assertFalse(one[name] == other[name], name)


if __name__ == "__main__":
    unittest.main()
