#!/usr/bin/env python3
"""Sessions for Reaper and DAWproject, read back by strict parsers of their own (session_rules.py)."""
import csv
import json
import unittest

from events_test import HATS, KICKS, RATE, beat
from session_rules import read_dawproject, read_rpp, rpp_notes
from support import QUICK, USAGE, ProgramTest, read_wav, wav_bytes

NAMES = '<Kick> & "co",it\'s,`a" \'b'


class Sessions(ProgramTest):
    def beat(self, name="beat.wav", **how):
        return self.write(name, wav_bytes(beat(KICKS, HATS, 3.6, **how), RATE))

    def rpp(self, folder):
        return read_rpp((self.folder / folder / "session.rpp").read_text())

    def test_a_reaper_session_has_every_part_and_the_residual_on_a_named_colored_track(self):
        self.beat()
        self.decompose("beat.wav", "-k", "3", "--session", "reaper", "--names", NAMES)
        folder = self.folder / "beat.parts"
        project = self.rpp("beat.parts")
        self.assertEqual(project.one("TEMPO"), ["120.000000000", "4", "4"])
        self.assertEqual(project.one("SAMPLERATE")[0], str(RATE))
        sound = [track for track in project.chunks if track.chunks[0].chunks[0].name == "SOURCE WAVE"]
        # RPP cannot hold all three quotes in one string: the last becomes another.
        self.assertEqual([track.one("NAME")[0] for track in sound],
                         ['<Kick> & "co"', "it's", "'a\" 'b", "residual"])
        colors = [track.one("PEAKCOL")[0] for track in sound]
        self.assertEqual(len(set(colors)), len(colors))
        for track in sound:
            item = track.chunks[0]
            file = folder / item.chunks[0].one("FILE")[0]
            rate, channels, values = read_wav(file)
            self.assertEqual(float(item.one("POSITION")[0]), 0)
            self.assertAlmostEqual(float(item.one("LENGTH")[0]), len(values) / channels / rate, 8)

    def test_its_hits_are_those_of_the_table_at_120_beats_a_minute(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--session", "reaper")
        with (self.folder / "beat.parts" / "events.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        tracks = [track for track in self.rpp("beat.parts").chunks
                  if track.chunks[0].chunks[0].name == "SOURCE MIDI"]
        self.assertEqual([track.one("NAME")[0] for track in tracks], ["Hits"])
        notes, end = rpp_notes(tracks[0].chunks[0].chunks[0])
        self.assertEqual(len(notes), len(rows))
        for (beats, channel, key, _), row in zip(notes, rows):
            self.assertAlmostEqual(beats / 2, float(row["onset"]), delta=0.001)
            self.assertEqual((channel, key), (9, int(row["midi"])))
        self.assertAlmostEqual(end / 2, 3.6, delta=0.001)

    def test_a_dawproject_keeps_the_rules_and_holds_the_parts_to_the_byte(self):
        self.beat()
        self.decompose("beat.wav", "-k", "3", "--session", "dawproject", "--names", NAMES,
                       "--format", "wav24")
        folder = self.folder / "beat.parts"
        project, _, archive = read_dawproject(folder / "session.dawproject")
        tracks = project.find("Structure").findall("Track")
        self.assertEqual([track.get("name") for track in tracks],
                         ['<Kick> & "co"', "it's", "`a\" 'b", "residual", "Hits", "Master"])
        colors = [track.get("color") for track in tracks[:4]]
        self.assertEqual(len(set(colors)), 4)
        files = [file.get("path") for file in project.iter("File")]
        self.assertEqual(len(files), 4)
        for path in files:
            self.assertEqual(archive.read(path), (folder / path.removeprefix("audio/")).read_bytes())
        with (folder / "events.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        notes = list(project.iter("Note"))
        self.assertEqual(len(notes), len(rows))
        for note, row in zip(notes, rows):
            self.assertAlmostEqual(float(note.get("time")) / 2, float(row["onset"]), delta=0.001)
            self.assertEqual(note.get("key"), row["midi"])

    def test_parts_lie_where_the_recording_had_them(self):
        self.beat()
        self.decompose("beat.wav", *QUICK, "--session", "dawproject", "--offset", "1.5",
                       "--output", "daw.parts")
        self.decompose("beat.wav", *QUICK, "--session", "reaper", "--offset", "1.5",
                       "--output", "rpp.parts")
        project, _, _ = read_dawproject(self.folder / "daw.parts" / "session.dawproject")
        self.assertEqual({clip.get("time") for clip in project.iter("Clip")}, {"3.000000000"})
        positions = {track.chunks[0].one("POSITION")[0] for track in self.rpp("rpp.parts").chunks}
        self.assertEqual(positions, {"1.500000000"})

    def test_a_session_is_listed_in_the_summary_and_made_again_by_resynth(self):
        self.beat()
        self.decompose("beat.wav", *QUICK, "--session", "dawproject", "--format", "flac")
        folder = self.folder / "beat.parts"
        summary = json.loads((folder / "summary.json").read_text())
        self.assertIn("session.dawproject", [file["name"] for file in summary["files"]])
        self.assertEqual(summary["options"]["session"], "dawproject")
        first = (folder / "session.dawproject").read_bytes()
        self.program("resynth", "beat.parts", "--output", "again.parts")
        self.assertEqual((self.folder / "again.parts" / "session.dawproject").read_bytes(), first)

    def test_a_session_without_events_has_no_notes(self):
        self.beat()
        self.decompose("beat.wav", *QUICK, "--session", "reaper", "--no-events")
        self.assertTrue(all(track.chunks[0].chunks[0].name == "SOURCE WAVE"
                            for track in self.rpp("beat.parts").chunks))

    def test_more_than_256_parts_are_refused_before_any_work(self):
        self.sound(seconds=0.2)
        for kind in ("reaper", "dawproject"):
            self.refused(USAGE, "decompose", "tones.wav", "-k", "257", "--session", kind,
                         says=["session", "257", "256"])
            self.assertFalse((self.folder / "tones.parts").exists())

    def test_another_kind_of_session_is_refused(self):
        self.sound()
        self.refused(USAGE, "decompose", "tones.wav", "--session", "logic",
                     says=["session", "logic", "reaper", "dawproject"])


if __name__ == "__main__":
    unittest.main()
