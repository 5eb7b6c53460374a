#!/usr/bin/env python3
"""Bad files are told apart from odd ones: the first end in one line, the second are decoded."""
import math
import unittest

from support import MALFORMED, QUICK, ProgramTest, plucked, wav_bytes


class BadInput(ProgramTest):
    def test_a_file_that_is_no_sound_is_malformed(self):
        flac_head = b"fLaC" + bytes(60)
        cases = {
            "empty.wav": b"",
            "text.wav": b"To whom it may concern: this is a letter.\n" * 20,
            "page.mp3": b"<!DOCTYPE html><html><body>Not found</body></html>",
            "list.wav": b"#EXTM3U\nother.wav\n",
            "head.wav": wav_bytes(plucked(0.1))[:20],
            "broken.flac": flac_head,
            "zeros.wav": bytes(4096),
        }
        for name, data in cases.items():
            with self.subTest(name=name):
                self.write(name, data)
                self.refused(MALFORMED, "decompose", name, says=[name])

    def test_a_file_without_a_sample_is_malformed(self):
        self.write("none.wav", wav_bytes([], 8000, channels=1))
        self.refused(MALFORMED, "decompose", "none.wav")

    def test_a_rate_out_of_range_is_malformed(self):
        for rate in [0, 1, 999, 1_000_001, 2_000_000_000]:
            with self.subTest(rate=rate):
                self.write("rate.wav", wav_bytes(plucked(0.1), rate))
                self.refused(MALFORMED, "decompose", "rate.wav", says=[str(rate), "1000"])

    def test_too_many_channels_are_malformed(self):
        for channels in [0, 65, 1024, 65535]:
            with self.subTest(channels=channels):
                data = bytearray(wav_bytes([[0.0] * 65] * 100, 8000))
                data[22:24] = channels.to_bytes(2, "little")
                data[32:34] = (2 * channels % 65536).to_bytes(2, "little")
                self.write("many.wav", bytes(data))
                self.refused(MALFORMED, "decompose", "many.wav", says=["64"])

    def test_samples_that_are_no_numbers_are_malformed(self):
        for value in [math.nan, math.inf, -math.inf]:
            with self.subTest(value=value):
                frames = plucked(0.1)
                frames[400] = [value]
                self.write("odd.wav", wav_bytes(frames, 8000, "float32"))
                self.refused(MALFORMED, "decompose", "odd.wav")

    def test_an_offset_behind_the_end_leaves_no_sample(self):
        self.sound()
        message = self.program("decompose", "tones.wav", "--offset", "1000")
        self.assertIn(message.returncode, (2, 4), message.stderr)
        self.assertRegex(message.stderr.decode(), r"\Apartwise: [^\n]+\n\Z")
        self.assertFalse((self.folder / "tones.parts").exists())

    def test_the_bytes_decide_and_not_the_name(self):
        for name in ["sound.mp3", "sound.txt", "sound"]:
            with self.subTest(name=name):
                self.sound(name)
                result = self.decompose(name, *QUICK, "-o", name + ".out")
                self.assertNotIn(name.encode(), result.stderr)
                self.assertEqual(self.summary(name + ".out")["input"]["format"][:3], "WAV")

    def test_a_body_cut_short_is_decoded_with_a_warning_that_names_what_is_lost(self):
        whole = wav_bytes(plucked(1.0))
        self.write("cut.wav", whole[:44 + 8000])  # half of one second of 8 kHz, 16 bit
        result = self.decompose("cut.wav", *QUICK)
        message = result.stderr.decode()
        self.assertRegex(message, r"\Apartwise: warning: [^\n]*0\.5[^\n]*\n")
        summary = self.summary("cut.parts")
        self.assertEqual(summary["analysed"]["samples"], 4000)
        self.assertIn("0.5", " ".join(summary["warnings"]))
        self.assert_whole("cut.parts")

    def test_the_smallest_sounds_work(self):
        cases = {
            "one sample": [[0.25]],
            "two samples": [[0.25], [-0.25]],
            "silence": [[0.0]] * 3000,
            "direct current": [[0.5]] * 3000,
            "opposite channels": [[sign * math.sin(i / 9) for sign in (0.5, -0.5)]
                                  for i in range(3000)],
        }
        for number, (name, frames) in enumerate(cases.items()):
            with self.subTest(name=name):
                self.write("small.wav", wav_bytes(frames, 8000, "float32"))
                self.decompose("small.wav", *QUICK, "-o", f"small{number}")
                summary = self.summary(f"small{number}")
                self.assertEqual(summary["analysed"]["samples"], len(frames))
                self.assert_whole(f"small{number}")


if __name__ == "__main__":
    unittest.main()
