#!/usr/bin/env python3
"""`partwise info`: what a person and a program are told of files, sound ones and others."""
import json
import math
import os
import struct
import subprocess
import unittest

from support import (
    CANNOT_READ,
    CANNOT_WRITE,
    MALFORMED,
    PROGRAM,
    RESOURCE_LIMIT,
    SECONDS_ALLOWED,
    USAGE,
    ProgramTest,
    wav_bytes,
)

SEVERAL_REASONS = 1


def sine(seconds, rate=48000, level=1.0, silence=0.0):
    """A sine of 997 Hz between two silences."""
    gap = [[0.0]] * round(silence * rate)
    return gap + [[level * math.sin(2 * math.pi * 997 * i / rate)]
                  for i in range(round(seconds * rate))] + gap


class Info(ProgramTest):
    def info(self, *arguments, code=0):
        result = self.program("info", *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout.decode(), result.stderr.decode()

    def objects(self, *arguments, code=0):
        return [json.loads(line) for line in self.info("--json", *arguments, code=code)[0].splitlines()]

    def test_a_person_reads_what_the_file_holds(self):
        self.write("tone.wav", wav_bytes(sine(1, silence=0.25), 48000))
        out, err = self.info("tone.wav")
        self.assertEqual(err, "")
        self.assertEqual(out.split("\n"), [
            "tone.wav",
            "  format    WAV 16 bit, 48000 Hz, 1 channel",
            "  length    0:01.500 (72000 samples)",
            "  peak      -0.00 dBFS",
            out.split("\n")[4],
            "  silence   33.3 %; 0.250 s at the beginning, 0.250 s at the end",
            ""])
        self.assertRegex(out, r"(?m)^  loudness  -\d\.\d LUFS$")

    def test_a_program_reads_the_same(self):
        self.write("tone.wav", wav_bytes(sine(3), 48000))
        [told] = self.objects("tone.wav")
        self.assertEqual(list(told), ["file", "format", "rate", "channels", "bits", "samples", "seconds",
                                      "bytes", "peak_db", "loudness_lufs", "silence", "tags",
                                      "damaged", "warnings"])
        self.assertAlmostEqual(told["loudness_lufs"], -3.01, delta=0.02)
        self.assertAlmostEqual(told["peak_db"], 0, delta=0.01)
        self.assertEqual((told["rate"], told["channels"], told["bits"], told["samples"]),
                         (48000, 1, 16, 144000))
        self.assertEqual(told["bytes"], (self.folder / "tone.wav").stat().st_size)
        self.assertEqual((told["damaged"], told["warnings"]), (False, []))
        self.assertEqual(set(told["tags"].values()), {None})

    def test_silence_is_told_as_such(self):
        self.write("quiet.wav", wav_bytes([[0.0]] * 8000))
        out, _ = self.info("quiet.wav")
        self.assertIn("peak      none", out)
        self.assertIn("silence   nothing else", out)
        [told] = self.objects("quiet.wav")
        self.assertIsNone(told["peak_db"])
        self.assertIsNone(told["loudness_lufs"])
        self.assertEqual(told["silence"], {"share": 1, "leading_s": 1, "trailing_s": 1})

    def test_tags_are_told_and_speak_to_no_terminal(self):
        sound = wav_bytes(sine(0.1, 8000), 8000)
        text = b"My \x1b[31mSong\0"
        tags = b"INFOINAM" + struct.pack("<I", len(text)) + text + b"\0" * (len(text) % 2)
        tagged = sound + b"LIST" + struct.pack("<I", len(tags)) + tags
        self.write("a\x1b[2Jb.wav", b"RIFF" + struct.pack("<I", len(tagged) - 8) + tagged[8:])
        out, _ = self.info("a\x1b[2Jb.wav")
        self.assertNotIn("\x1b", out)
        self.assertIn("a\\x1b[2Jb.wav", out)
        self.assertRegex(out, r"title +My .*Song")

    def test_a_damaged_file_is_told_or_refused_if_asked(self):
        whole = wav_bytes(sine(1, 8000), 8000)
        self.write("cut.wav", whole[:-4000])
        out, _ = self.info("cut.wav")
        self.assertRegex(out, r"damaged +the file ends 0.25 s")
        [told] = self.objects("cut.wav")
        self.assertTrue(told["damaged"])
        self.assertRegex(told["warnings"][0], "the file ends 0.25 s")
        self.refused(MALFORMED, "info", "--strict", "cut.wav", says=["cut.wav", "0.25 s"])

    def test_the_rest_goes_on_when_a_file_fails(self):
        self.sound("a.wav")
        self.sound("b.wav")
        self.write("text.wav", b"no sound at all")
        out, err = self.info("a.wav", "missing.wav", "b.wav", code=CANNOT_READ)
        self.assertEqual([line for line in out.split("\n") if line[:1] not in ("", " ")],
                         ["a.wav", "b.wav"])
        self.assertRegex(err, r"\Apartwise: [^\n]*missing.wav[^\n]*\n\Z")
        self.assertEqual([told["file"] for told in self.objects("a.wav", "text.wav", "b.wav",
                                                                code=MALFORMED)], ["a.wav", "b.wav"])
        out, err = self.info("missing.wav", "text.wav", "a.wav", code=SEVERAL_REASONS)
        self.assertIn("a.wav", out)
        self.assertEqual(err.count("\n"), 2)

    def test_one_file_that_fails_is_an_error_of_its_own(self):
        self.write("text.wav", b"no sound at all")
        self.refused(MALFORMED, "info", "text.wav", says=["text.wav"])
        self.refused(CANNOT_READ, "info", "missing.wav", says=["missing.wav"])
        self.sound(seconds=1)
        self.refused(RESOURCE_LIMIT, "info", "tones.wav", "--max-duration", "0.5",
                     says=["max-duration"])

    def test_what_info_does_not_take_is_refused(self):
        self.sound()
        for arguments, words in [([], "FILE is missing; see partwise info --help"),
                                 (["tones.wav", "--components", "3"], "unknown option --components"),
                                 (["tones.wav", "--jsno"], "did you mean --json?"),
                                 (["ftp://example.org/a.wav"], "ftp")]:
            with self.subTest(arguments=arguments):
                self.refused(USAGE, "info", *arguments, says=[words])

    def test_standard_input_is_heard_too(self):
        sound = wav_bytes(sine(0.5, 8000), 8000)
        result = subprocess.run([PROGRAM, "info", "-"], input=sound, capture_output=True, check=True,
                                timeout=SECONDS_ALLOWED)
        self.assertTrue(result.stdout.startswith(b"stdin\n  format    WAV 16 bit"))

    def test_it_writes_nothing_and_says_where_it_cannot(self):
        self.sound()
        before = self.tree()
        self.info("tones.wav")
        self.assertEqual(self.tree(), before)
        with open("/dev/full", "wb") as full:
            result = self.program("info", "tones.wav", capture_output=False, stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, CANNOT_WRITE)

    @unittest.skipIf(os.environ.get("PARTWISE_SANITIZED"), "a sanitizer has a memory of its own")
    def test_memory_does_not_grow_with_the_length(self):
        minute = wav_bytes([[0.5], [-0.25]] * (30 * 44100), 44100)
        head, body = minute[:44], minute[44:]
        size = 20 * len(body)
        head = head[:4] + struct.pack("<I", size + 36) + head[8:40] + struct.pack("<I", size)
        self.write("short.wav", minute)
        self.write("long.wav", head + 20 * body)
        peaks = []
        for name in ["short.wav", "long.wav"]:
            process = subprocess.Popen([PROGRAM, "info", "--json", name], cwd=self.folder,
                                       stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(process.returncode, 0)
            peaks.append(usage.ru_maxrss)
        self.assertLess(peaks[1], peaks[0] + 4096)  # 4 MB; all samples would be 200 MB


if __name__ == "__main__":
    unittest.main()
