#!/usr/bin/env python3
"""Parts again from the factors of a run and its input, without factorising."""
import json
import math
import shutil
import unittest

from support import CANNOT_READ, CANNOT_WRITE, MALFORMED, QUICK, USAGE, ProgramTest, read_wav, sha256

SOUND = ("mix", "residual", "input")


class Resynth(ProgramTest):
    def resynth(self, *arguments, **how):
        result = self.program("resynth", *arguments, **how)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def assert_same_files(self, first, second):
        names = {p.name for p in (self.folder / first).iterdir()}
        self.assertEqual(names, {p.name for p in (self.folder / second).iterdir()})
        for name in names - {"summary.json", "report.html"}:  # they hold seconds
            self.assertEqual(sha256(self.folder / first / name),
                             sha256(self.folder / second / name), name)

    def values(self, folder, name):
        return read_wav(self.folder / folder / f"{name}.wav")[2]

    def assert_adds_up(self, folder, parts, expected):
        sums = [math.fsum(column) for column in
                zip(*(self.values(folder, name) for name in parts), self.values(folder, "residual"))]
        self.assertEqual([round(s) for s in sums], expected)

    def test_nothing_changed_gives_the_same_bits(self):
        self.sound(channels=2, rate=16000)
        for number, options in enumerate([
                [], ["--format", "wav16"], ["--format", "flac"], ["--librosa"],
                ["--resynthesis", "factors", "--power", "2"],
                ["--offset", "0.1", "--duration", "0.3", "--mono", "--sample-rate", "11025"],
                ["--mask-exponent", "1.7", "--n-fft", "600", "--hop-length", "100", "--beta", "0.5"],
                ["--names", "Kick,Snare drum", "--sort", "energy", "--loss", "frobenius"]]):
            with self.subTest(options=options):
                first, again = f"first{number}", f"again{number}"
                self.decompose("tones.wav", *QUICK, *options, "-o", first)
                self.resynth(first, "-o", again)
                self.assert_same_files(first, again)
                self.assert_whole(again)
                one, other = self.summary(first), self.summary(again)
                for name in ("output", "threads"):
                    one["options"].pop(name), other["options"].pop(name)
                for name in ("options", "analysed", "input", "factorization", "residual_db",
                             "model_residual_db", "warnings"):
                    self.assertEqual(one[name], other[name], name)

    def test_the_summary_says_that_and_how_it_was_made(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.assertIsNone(self.summary("tones.parts")["resynth"])
        self.resynth("tones.parts")
        self.assertEqual(self.summary("tones-resynth.parts")["resynth"],
                         {"merge": [[0], [1], [2]]})
        self.resynth("tones.parts", "--merge", "0+2", "-o", "merged")
        self.assertEqual(self.summary("merged")["resynth"], {"merge": [[0, 2], [1]]})

    def test_merged_parts_are_the_sum_and_all_of_it_adds_up(self):
        path = self.sound()
        self.decompose("tones.wav", *QUICK, "--format", "wav16")
        self.resynth("tones.parts", "--merge", "2+0", "--names", "Both", "-o", "out")
        self.assert_whole("out")
        names = ["part-00-both", "part-01"]
        self.assertEqual(sorted(p.stem for p in (self.folder / "out").glob("part-*")), names)
        for name, members in zip(names, (("part-00", "part-02"), ("part-01",))):
            sums = [sum(column) for column in zip(*(self.values("tones.parts", m) for m in members))]
            for got, expected in zip(self.values("out", name), sums):
                self.assertLessEqual(abs(got - expected), len(members))  # each was rounded
        self.assert_adds_up("out", names, read_wav(path)[2])
        parts = self.summary("out")["parts"]
        self.assertEqual([p["name"] for p in parts], ["Both", "part-01"])
        self.assertAlmostEqual(sum(p["energy_share"] for p in parts), 1, 5)
        shares = [p["energy_share"] for p in self.summary("tones.parts")["parts"]]
        self.assertAlmostEqual(parts[0]["energy_share"], shares[0] + shares[2], 6)

    def test_all_merged_is_the_recording(self):
        path = self.sound()
        self.decompose("tones.wav", *QUICK, "--format", "wav16")
        self.resynth("tones.parts", "--merge", "0+1+2", "-o", "out")
        for got, expected in zip(self.values("out", "part-00"), read_wav(path)[2]):
            self.assertLessEqual(abs(got - expected), 1)
        self.assert_adds_up("out", ["part-00"], read_wav(path)[2])

    def test_a_merge_stays_when_parts_are_made_once_more_and_can_be_undone(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.resynth("tones.parts", "--merge", "0+1", "-o", "merged")
        self.resynth("merged", "-o", "again")
        self.assert_same_files("merged", "again")
        self.resynth("merged", "--merge", "0", "-o", "undone")
        self.assert_same_files("tones.parts", "undone")

    def test_another_mask_is_what_a_run_with_that_mask_makes(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        for number, options in enumerate([["--mask-exponent", "2"], ["--resynthesis", "factors"],
                                          ["--format", "wav24"], ["--names", "a,b,c"]]):
            self.decompose("tones.wav", *QUICK, *options, "-o", f"run{number}")
            self.resynth("tones.parts", *options, "-o", f"resynth{number}")
            self.assert_same_files(f"run{number}", f"resynth{number}")

    def test_an_edited_factor_changes_its_part(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.decompose("tones.wav", *QUICK, "--seed", "3", "--init", "random", "-o", "other")
        shutil.copy(self.folder / "other" / "factors.npz", self.folder / "tones.parts")
        self.resynth("tones.parts", "-o", "out")
        self.assertEqual(self.values("out", "part-00"), self.values("other", "part-00"))

    def test_the_input_is_found_beside_the_folder_or_where_it_is_said(self):
        (self.folder / "sounds").mkdir()
        self.sound("sounds/tones.wav")
        self.decompose("sounds/tones.wav", *QUICK)
        self.refused(CANNOT_READ, "resynth", "tones.parts", says=["tones.wav", "--input"])
        self.resynth("tones.parts", "--input", "sounds/tones.wav")
        self.decompose("sounds/tones.wav", *QUICK, "-o", "sounds/out")
        self.resynth("sounds/out", "-o", "beside")
        self.resynth("sounds/out/", "-o", "beside2")
        self.resynth(".", "-o", "../beside3", cwd=self.folder / "sounds" / "out")
        for folder in ("beside", "beside2", "sounds/beside3"):
            self.assert_same_files("tones-resynth.parts", folder)

    def test_another_file_is_refused(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.sound(seed=2)
        self.refused(MALFORMED, "resynth", "tones.parts",
                     says=["tones.wav", "SHA-256", "tones.parts"])

    def test_a_report_is_written_unless_it_is_not_wanted(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--no-report")
        self.resynth("tones.parts", "--merge", "0+1", "-o", "out")
        self.assertIn('"resynth"', (self.folder / "out" / "report.html").read_text())
        self.resynth("tones.parts", "--no-report", "-o", "bare")
        self.assertFalse((self.folder / "bare" / "report.html").exists())

    def test_it_tells_what_a_run_tells(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        out = self.resynth("tones.parts", "--merge", "0+1").stdout.decode()
        for words in ("part-00.wav", "2 parts", "tones-resynth.parts/report.html"):
            self.assertIn(words, out)
        result = self.resynth("tones.parts", "--json", "-o", "out")
        self.assertEqual(json.loads(result.stdout), self.summary("out"))

    def test_in_its_own_place_it_needs_force(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.refused(CANNOT_WRITE, "resynth", "tones.parts", "-o", "tones.parts", says=["--force"])
        self.resynth("tones.parts", "-o", "tones.parts", "--force", "--merge", "0+1")
        self.assert_whole("tones.parts")
        self.assertEqual(len(self.summary("tones.parts")["parts"]), 2)

    def test_merges_that_make_no_sense_are_refused(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        for merge in ("", "0+", "+1", "0,,1", "0+1,", "a", "0-1", "0+0", "0+1,1+2", "-1", "0 +1"):
            with self.subTest(merge=merge):
                self.refused(USAGE, "resynth", "tones.parts", f"--merge={merge}",
                             says=["--merge = "])
        self.refused(USAGE, "resynth", "tones.parts", "--merge", "0+3",
                     says=["--merge = 0+3, expected numbers of parts of tones.parts, 0..2"])
        self.refused(USAGE, "resynth", "tones.parts", "--merge", "0+1", "--names", "a,b,c",
                     says=["at most 2 names"])
        self.refused(USAGE, "resynth", "tones.parts", "--components", "3",
                     says=["unknown option --components"])

    def test_a_folder_that_is_no_run_is_refused(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        (self.folder / "empty").mkdir()
        self.refused(CANNOT_READ, "resynth", "empty", says=["empty/summary.json"])
        self.refused(CANNOT_READ, "resynth", "missing", says=["missing/summary.json"])
        summary = self.folder / "tones.parts" / "summary.json"
        whole = json.loads(summary.read_text())
        damages = [("schema_version", 2, "schema_version = 2, expected 1"),
                   ("schema_version", "1", "schema_version is missing or of another kind"),
                   ("input", {}, "input/name is missing"), ("options", [], "options is no object"),
                   ("options", {**whole["options"], "n-fft": 0}, "n-fft = 0"),
                   ("options", {**whole["options"], "n-fft": 512}, "W is [513 x 3]"),
                   ("options", {**whole["options"], "mask-exponent": 99}, "mask-exponent = 99"),
                   ("analysed", {**whole["analysed"], "samples": 7}, "4000 samples of 1 channel at"),
                   ("analysed", {**whole["analysed"], "samples": 1e300}, "analysed/samples is"),
                   ("schema_version", 1.5, "schema_version is missing or of another kind"),
                   ("resynth", {"merge": [[0.5]]}, "resynth/merge is"),
                   ("resynth", {"merge": [[[0]]]}, "resynth/merge is"),
                   ("factorization", {**whole["factorization"], "stop_reason": "x"}, "= x, expected"),
                   ("resynth", {"merge": [[0, 9]]}, "component 9"),
                   ("resynth", {"merge": 3}, "resynth/merge is")]
        for field, value, words in damages:
            with self.subTest(field=field, value=str(value)[:40]):
                summary.write_text(json.dumps({**whole, field: value}))
                self.refused(MALFORMED, "resynth", "tones.parts", says=[words])
        for text in ("", "[]", "{", "null"):
            summary.write_text(text)
            self.refused(MALFORMED, "resynth", "tones.parts", says=["summary.json"])
        summary.write_text(json.dumps(whole))
        (self.folder / "tones.parts" / "factors.npz").write_bytes(b"no archive")
        self.refused(MALFORMED, "resynth", "tones.parts", says=["factors.npz"])


if __name__ == "__main__":
    unittest.main()
