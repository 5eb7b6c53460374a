#!/usr/bin/env python3
"""`partwise decompose --estimate`: what it says of a run, beside what the run then took."""
import json
import os
import struct
import subprocess
import unittest

from support import CANNOT_READ, MALFORMED, PROGRAM, RESOURCE_LIMIT, USAGE, ProgramTest, plucked, wav_bytes


class Estimate(ProgramTest):
    def estimate(self, *arguments, code=0):
        result = self.program("decompose", *arguments, "--estimate", "--json")
        self.assertEqual(result.returncode, code, result.stderr)
        return [json.loads(line) for line in result.stdout.decode().splitlines()]

    def long_sound(self, name, seconds, rate, channels):
        """The same seconds again and again: no time is lost on making them."""
        piece = wav_bytes(plucked(seconds=2, rate=rate, channels=channels), rate)
        body = piece[44:] * (seconds // 2)
        head = (piece[:4] + struct.pack("<I", len(body) + 36) + piece[8:40]
                + struct.pack("<I", len(body)))
        self.write(name, head + body)

    def test_a_person_reads_time_memory_and_disk(self):
        self.sound(seconds=4, rate=22050)
        before = self.tree()
        result = self.decompose("tones.wav", "-k", "3", "--estimate")
        self.assertEqual(self.tree(), before)
        text = result.stdout.decode()
        for pattern in [r"(?m)^tones.wav$", r"sound +0:04.000, 22050 Hz, 1 channel$",
                        r"model +3 parts of 1025 bins and \d+ frames$",
                        r"time +about \d+\.\d s with \d+ threads?: read .*, factorize ",
                        r"memory +about \d+ MB; \d+ MB are allowed$",
                        r"disk +about 2 MB and the page$"]:
            self.assertRegex(text, "(?m)" + pattern.removeprefix("(?m)"))

    def test_it_counts_what_the_run_then_has(self):
        self.sound(seconds=4, rate=22050, channels=2)
        options = ["-k", "3", "--offset", "1", "--sample-rate", "8000", "--mono", "--max-iter", "9"]
        [told] = self.estimate("tones.wav", *options)
        self.decompose("tones.wav", *options)
        summary = self.summary("tones.parts")
        self.assertEqual((told["rate"], told["channels"], told["samples"], told["components"]),
                         (8000, 1, summary["analysed"]["samples"], 3))
        sound = sum(file["bytes"] for file in summary["files"]
                    if file["name"].endswith((".wav", ".npz")))
        self.assertAlmostEqual(told["output_bytes"] / sound, 1, delta=0.05)
        self.assertEqual(list(told["seconds"]), list(summary["seconds"]))

    @unittest.skipIf(os.environ.get("PARTWISE_SANITIZED"), "a sanitizer has a memory of its own")
    def test_memory_is_within_a_quarter_of_what_the_run_takes(self):
        for name, seconds, rate, channels, more in [("a.wav", 300, 22050, 1, ["-k", "6"]),
                                                    ("b.wav", 240, 44100, 2, ["-k", "4"]),
                                                    ("c.wav", 120, 44100, 1, ["-k", "24"]),
                                                    ("d.wav", 300, 22050, 1, ["--librosa"])]:
            with self.subTest(seconds=seconds, rate=rate, channels=channels, more=more):
                self.long_sound(name, seconds, rate, channels)
                options = [*more, "--max-iter", "3", "--threads", "2", "--format", "wav16",
                           "--no-report"]
                [told] = self.estimate(name, *options)
                process = subprocess.Popen([PROGRAM, "decompose", name, *options, "--quiet"],
                                           cwd=self.folder, stderr=subprocess.DEVNULL)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                self.assertEqual(process.returncode, 0)
                taken = usage.ru_maxrss * 1024
                self.assertLess(abs(told["memory_bytes"] / taken - 1), 0.25,
                                (told["memory_bytes"], taken))

    def test_a_run_that_would_be_refused_is_told_as_such(self):
        self.long_sound("a.wav", 60, 22050, 1)
        text = self.decompose("a.wav", "--estimate", "--max-memory", "20").stdout.decode()
        self.assertRegex(text, r"memory +about \d+ MB; 20 MB are allowed: the run would be refused")

    def test_long_work_is_not_done_to_measure_it(self):
        self.long_sound("a.wav", 60, 44100, 1)
        [told] = self.estimate("a.wav", "-k", "64", "--tol", "0", "--max-iter", "100000",
                               "--threads", "1")
        self.assertGreater(told["seconds"]["total"], 100)  # which nobody waited for
        self.assertGreater(told["seconds"]["factorize"], 0.9 * told["seconds"]["total"])

    def test_each_of_several_files_is_told_and_the_rest_goes_on(self):
        self.sound("a.wav")
        self.sound("b.wav")
        told = self.estimate("a.wav", "missing.wav", "b.wav", "-k", "2", code=CANNOT_READ)
        self.assertEqual([one["file"] for one in told], ["a.wav", "b.wav"])

    def test_what_a_run_refuses_the_estimate_refuses(self):
        self.sound(seconds=1)
        self.write("text.wav", b"no sound at all")
        for code, arguments, words in [
                (MALFORMED, ["text.wav"], "text.wav"),
                (USAGE, ["tones.wav", "-k", "0"], "--components = 0"),
                (USAGE, ["tones.wav", "--offset", "5"], "--offset = 5 s, expected less than 1 s"),
                (RESOURCE_LIMIT, ["tones.wav", "--max-duration", "0.5"], "max-duration")]:
            with self.subTest(arguments=arguments):
                self.refused(code, "decompose", *arguments, "--estimate", says=[words])

    def test_every_format_and_start_is_measured(self):
        self.sound(seconds=1, rate=22050)
        self.decompose("tones.wav", "-k", "2", "--max-iter", "2", "-o", "before")
        for options in [["--format", "flac"], ["--format", "wav24"], ["--librosa"],
                        ["--init", "before/factors.npz"], ["--resynthesis", "factors"],
                        ["--no-report"], ["--solver", "mu", "--max-iter", "3"]]:
            with self.subTest(options=options):
                [told] = self.estimate("tones.wav", *options)
                self.assertGreater(told["output_bytes"], 0)
                self.assertGreater(min(value for name, value in told["seconds"].items()
                                       if name not in ("decode", "report")), 0)


if __name__ == "__main__":
    unittest.main()
