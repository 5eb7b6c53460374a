#!/usr/bin/env python3
"""--only: a few parts, and one file of all others."""
import json
import math
import unittest

from support import QUICK, USAGE, ProgramTest, read_wav


class Only(ProgramTest):
    def values(self, folder, name):
        return read_wav(self.folder / folder / name)[2]

    def stems(self, folder):
        return {path.name for path in (self.folder / folder).glob("*.wav")}

    def test_kept_parts_are_what_they_were_and_all_still_adds_up(self):
        path = self.sound(channels=2, rate=16000)
        options = ["-k", "4", "--max-iter", "15", "--names", "low,mid", "--format", "wav16"]
        self.decompose("tones.wav", *options, "-o", "all.parts")
        self.decompose("tones.wav", *options, "--only", "mid,3", "-o", "few.parts")
        self.assert_whole("few.parts")
        self.assertEqual(self.stems("few.parts"),
                         {"rest.wav", "part-01-mid.wav", "part-03.wav", "mix.wav", "residual.wav"})
        for name in ("part-01-mid.wav", "part-03.wav"):
            self.assertEqual(self.values("few.parts", name), self.values("all.parts", name), name)
        tracks = [self.values("few.parts", name) for name in
                  ("rest.wav", "part-01-mid.wav", "part-03.wav", "residual.wav")]
        self.assertEqual([round(math.fsum(column)) for column in zip(*tracks)], read_wav(path)[2])
        names = [part["name"] for part in self.summary("few.parts")["parts"]]
        self.assertEqual(names, ["rest", "mid", "part-03"])

    def test_all_parts_can_be_made_again_from_a_folder_of_few(self):
        self.sound(rate=16000)
        for number, options in enumerate([["-k", "4", "--names", "low"], ["--parts", "3"]]):
            with self.subTest(options=options):
                run, all_parts, again = f"few{number}", f"all{number}", f"again{number}"
                self.decompose("tones.wav", *options, "--max-iter", "15", "-o", all_parts)
                self.decompose("tones.wav", *options, "--max-iter", "15", "--only", "2", "-o", run)
                result = self.program("resynth", run, "--input", "tones.wav", "-o", again)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(self.stems(again), self.stems(all_parts))
                for name in self.stems(again):
                    self.assertEqual(self.values(again, name), self.values(all_parts, name), name)
                self.assertEqual(self.summary(run)["grouping"], self.summary(all_parts)["grouping"])

    def test_resynth_takes_only_too(self):
        self.sound(rate=16000)
        self.decompose("tones.wav", "-k", "4", "--max-iter", "15", "--names", "low", "-o", "run")
        result = self.program("resynth", "run", "--input", "tones.wav", "--only", "low", "-o", "few")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.stems("few"),
                         {"part-00-low.wav", "rest.wav", "mix.wav", "residual.wav"})

    def test_events_report_and_session_are_about_the_parts_that_are_written(self):
        self.sound(rate=16000)
        self.decompose("tones.wav", *QUICK, "--only", "1", "--session", "reaper")
        project = (self.folder / "tones.parts" / "session.rpp").read_text()
        self.assertIn('NAME "rest"', project)
        self.assertIn('FILE "part-01.wav"', project)
        self.assertNotIn("part-02", project)
        jams = json.loads((self.folder / "tones.parts" / "events.jams").read_text())
        self.assertNotIn("part-02", json.dumps(jams))

    def test_a_part_that_is_not_there_is_refused_and_nothing_written(self):
        self.sound()
        for only, says in [("kick,2", ["only", "kick"]), ("3", ["only", "0..2"]),
                           ("1,1", ["each part once"]), ("", ["only"])]:
            self.refused(USAGE, "decompose", "tones.wav", "-k", "3", "--only", only, says=says)


if __name__ == "__main__":
    unittest.main()
