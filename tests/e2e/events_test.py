#!/usr/bin/env python3
"""Hits and notes in files: times known because the sound is made here, read back by other programs."""
import csv
import json
import math
import pathlib
import random
import re
import subprocess
import unittest

import mido

from support import QUICK, USAGE, ProgramTest, read_wav, wav_bytes

RATE = 22050
HEADER = ["onset", "offset", "part", "component", "kind", "strength", "midi", "frequency_hz"]


def beat(kicks, hats, seconds, rate=RATE, channels=1):
    """Low thuds and short hisses: [samples][channels]."""
    values = [0.0] * int(seconds * rate)
    noise = random.Random(5)
    for t in kicks:
        for i in range(int(0.2 * rate)):
            n = int(t * rate) + i
            if n < len(values):
                values[n] += 0.5 * math.exp(-25 * i / rate) * math.sin(2 * math.pi * 70 * i / rate)
    for t in hats:
        before = 0.0
        for i in range(int(0.06 * rate)):
            n = int(t * rate) + i
            now = noise.uniform(-1, 1)
            if n < len(values):
                values[n] += 0.2 * math.exp(-80 * i / rate) * (now - before)
            before = now
    return [[value] * channels for value in values]


KICKS = [0.1, 0.6, 1.1, 1.6, 2.1, 2.6]
HATS = [0.35, 0.85, 1.35, 1.85, 2.35, 2.85, 3.1, 3.35]


class Events(ProgramTest):
    def rows(self, folder):
        with (self.folder / folder / "events.csv").open(newline="") as file:
            table = csv.DictReader(file)
            self.assertEqual(table.fieldnames, HEADER)
            return list(table)

    def beat(self, name="beat.wav", **how):
        return self.write(name, wav_bytes(beat(KICKS, HATS, 3.6, **how), RATE))

    def assert_times(self, got, expected, tolerance):
        self.assertEqual(len(got), len(expected), got)
        for a, b in zip(got, expected):
            self.assertAlmostEqual(a, b, delta=tolerance)

    def notes(self, path):
        """{track name: [(seconds, key, velocity, channel)]} as mido plays the file."""
        midi = mido.MidiFile(path)
        self.assertEqual(midi.type, 1)
        tempo, out = None, {}
        for message in midi.tracks[0]:
            tempo = message.tempo if message.type == "set_tempo" else tempo
        for track in midi.tracks[1:]:
            now, notes, open_keys = 0, [], set()
            for message in track:
                now += message.time
                seconds = mido.tick2second(now, midi.ticks_per_beat, tempo)
                if message.type == "note_on":
                    self.assertNotIn(message.note, open_keys)
                    open_keys.add(message.note)
                    notes.append((seconds, message.note, message.velocity, message.channel))
                elif message.type == "note_off":
                    open_keys.remove(message.note)
            self.assertEqual(open_keys, set())
            out[track.name] = notes
        return out

    def test_a_beat_of_two_drums_is_told_to_ten_milliseconds(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--names", "kick,hat")
        rows = self.rows("beat.parts")
        for part, times in (("kick", KICKS), ("hat", HATS)):
            found = [row for row in rows if row["part"] == part]
            self.assert_times([float(row["onset"]) for row in found], times, 0.01)
            self.assertEqual({row["kind"] for row in found}, {"hit"})
            for row in found:
                self.assertGreater(float(row["offset"]), float(row["onset"]))
        self.assertEqual([float(r["onset"]) for r in rows], sorted(float(r["onset"]) for r in rows))
        parts = self.summary("beat.parts")["parts"]
        self.assertEqual([(p["kind"], p["events"]) for p in parts], [("drums", 6), ("drums", 8)])
        self.assert_whole("beat.parts")

    def test_another_reader_of_midi_gets_the_same_notes_within_a_millisecond(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--names", "kick,hat")
        rows = self.rows("beat.parts")
        tracks = self.notes(self.folder / "beat.parts" / "events.mid")
        self.assertEqual(list(tracks), ["kick", "hat"])
        for name, key in (("kick", 36), ("hat", 42)):
            table = [row for row in rows if row["part"] == name]
            self.assert_times([note[0] for note in tracks[name]],
                              [float(row["onset"]) for row in table], 0.001)
            self.assertEqual({note[1] for note in tracks[name]}, {key})
            self.assertEqual({note[3] for note in tracks[name]}, {9})  # channel 10
            self.assertEqual(max(note[2] for note in tracks[name]), 127)

    def test_a_player_of_midi_plays_it(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2")
        # Named here, because Debian's own settings name one that timidity does not depend on.
        font = sorted(pathlib.Path("/usr/share/sounds/sf2").glob("*.sf2"))[0]
        (self.folder / "timidity.cfg").write_text(f"soundfont {font}\n")
        played = subprocess.run(["timidity", "-c", self.folder / "timidity.cfg", "-Ow", "-o",
                                 self.folder / "played.wav", self.folder / "beat.parts/events.mid"],
                                capture_output=True, check=False)
        said = played.stdout + played.stderr
        self.assertEqual(played.returncode, 0, said)
        self.assertNotIn(b"not a MIDI file", said)
        rate, channels, values = read_wav(self.folder / "played.wav")
        self.assertGreaterEqual(len(values), channels * rate * 3.3)  # the last hit is at 3.35 s
        self.assertGreater(max(values), 1000)

    def test_jams_holds_an_annotation_for_every_part_by_the_published_schema(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--names", "kick,hat")
        document = json.loads((self.folder / "beat.parts" / "events.jams").read_text())
        self.assertEqual(set(document), {"file_metadata", "annotations", "sandbox"})
        about = document["file_metadata"]
        self.assertRegex(about["jams_version"], r"^\d\.\d\.\d$")
        self.assertAlmostEqual(about["duration"], 3.6)
        for key in ("title", "artist", "release"):
            self.assertIsInstance(about[key], str)
        rows = self.rows("beat.parts")
        self.assertEqual([a["sandbox"]["part"] for a in document["annotations"]], ["kick", "hat"])
        for annotation in document["annotations"]:
            self.assertEqual(annotation["namespace"], "onset")
            self.assertIsInstance(annotation["annotation_metadata"], dict)
            table = [row for row in rows if row["part"] == annotation["sandbox"]["part"]]
            self.assertEqual([o["time"] for o in annotation["data"]],
                             [float(row["onset"]) for row in table])
            for observation in annotation["data"]:
                self.assertEqual(set(observation), {"time", "duration", "value", "confidence"})
                self.assertGreaterEqual(observation["duration"], 0)

    def test_the_page_marks_what_the_table_holds(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2")
        page = (self.folder / "beat.parts" / "report.html").read_text()
        model = json.loads(re.search(r'id="model">(.*?)</script>', page, re.DOTALL)[1])
        rows = self.rows("beat.parts")
        for k, part in enumerate(("part-00", "part-01")):
            self.assertEqual([mark[0] for mark in model["events"][k]],
                             [float(row["onset"]) for row in rows if row["part"] == part])

    def regions(self, path):
        """The regions of an SFZ file, read strictly: headers, and opcode=value, one a line."""
        out = []
        for line in path.read_text().splitlines():
            if line in ("<global>", "<region>"):
                out.append({"header": line})
                continue
            self.assertRegex(line, r"\A[a-z_]+=[A-Za-z0-9._-]+\Z")
            opcode, value = line.split("=", 1)
            self.assertNotIn(opcode, out[-1])
            out[-1][opcode] = value
        self.assertEqual(out[0], {"header": "<global>", "loop_mode": "one_shot"})
        return out[1:]

    def test_one_shots_are_hits_of_their_part_on_the_keys_of_the_midi_file(self):
        self.beat(channels=2)
        self.decompose("beat.wav", "-k", "2", "--names", "kick,hat", "--one-shots")
        folder = self.folder / "beat.parts"
        self.assert_whole("beat.parts")
        self.assertEqual({p.name for p in folder.glob("one-shot*")},
                         {"one-shot-00-kick.wav", "one-shot-01-hat.wav", "one-shots.sfz"})
        tracks = self.notes(folder / "events.mid")
        rows = self.rows("beat.parts")
        for region, name in zip(self.regions(folder / "one-shots.sfz"), ("kick", "hat")):
            self.assertEqual({int(region["key"])}, {note[1] for note in tracks[name]})
            rate, channels, shot = read_wav(folder / region["sample"])
            self.assertEqual((rate, channels), (RATE, 2))
            loudest = max(map(abs, shot))
            self.assertLess(abs(shot[0]), 0.01 * loudest)  # no click at either end
            self.assertLess(abs(shot[-1]), 0.01 * loudest)
            index = {"kick": "00", "hat": "01"}[name]
            part = read_wav(folder / f"part-{index}-{name}.wav")[2]
            at = [2 * round((float(r["onset"]) - 0.002) * RATE) for r in rows if r["part"] == name]
            middle = len(shot) // 4 // 2 * 2  # after the fade in, before the fade out
            self.assertTrue(any(
                max(abs(part[n + shift + middle + i] - shot[middle + i]) for i in range(200)) < 1e-6
                for n in at for shift in range(-6, 8, 2)))

    def test_one_shots_of_integers_are_on_their_grid_and_tones_have_none(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--one-shots", "--format", "wav16")
        self.assertEqual(len(list((self.folder / "beat.parts").glob("one-shot-*.wav"))), 2)
        self.write("silence.wav", wav_bytes([[0.0]] * RATE, RATE))
        self.decompose("silence.wav", "-k", "1", "--one-shots")
        self.assertEqual(self.regions(self.folder / "silence.parts" / "one-shots.sfz"), [])
        self.assert_whole("silence.parts")

    def test_one_shots_without_events_are_refused(self):
        self.beat()
        self.refused(USAGE, "decompose", "beat.wav", "--one-shots", "--no-events",
                     says=["one-shots", "no-events"])

    def test_notes_have_their_pitch(self):
        frames = []
        for i in range(4 * RATE):
            t = i / RATE
            hz, since = (220.0, t % 1) if t % 1 < 0.5 else (311.13, t % 1 - 0.5)
            gain = 0.3 * min(1, since / 0.005, (0.5 - since) / 0.02) * math.exp(-2 * since)
            frames.append([sum(gain / h * math.sin(2 * math.pi * hz * h * since)
                               for h in range(1, 6))])
        self.write("tune.wav", wav_bytes(frames, RATE))
        self.decompose("tune.wav", "-k", "2")
        rows = self.rows("tune.parts")
        self.assertEqual({row["kind"] for row in rows}, {"note"})
        for pitch, times in ((57, [0, 1, 2, 3]), (63, [0.5, 1.5, 2.5, 3.5])):
            found = [row for row in rows if abs(float(row["midi"]) - pitch) < 0.1]
            self.assert_times([float(row["onset"]) for row in found], times, 0.02)
        for notes in self.notes(self.folder / "tune.parts" / "events.mid").values():
            self.assertTrue({note[1] for note in notes} <= {57, 63})
            self.assertNotIn(9, {note[3] for note in notes})

    def test_silence_and_a_click_give_whole_files(self):
        self.write("silence.wav", wav_bytes([[0.0]] * RATE, RATE))
        self.write("short.wav", wav_bytes([[0.5]] + [[0.0]] * 1101, RATE))  # 0.05 s
        for name in ("silence", "short"):
            self.decompose(f"{name}.wav", "-k", "1")
            self.assertLessEqual(len(self.rows(f"{name}.parts")), 1)
            self.assertEqual(len(self.notes(self.folder / f"{name}.parts" / "events.mid")), 1)
            self.assert_whole(f"{name}.parts")
        self.assertEqual(self.summary("silence.parts")["parts"][0]["kind"], "silent")

    def test_no_events_means_none(self):
        self.beat()
        self.decompose("beat.wav", *QUICK, "--no-events")
        self.assertEqual(list((self.folder / "beat.parts").glob("events.*")), [])
        summary = self.summary("beat.parts")
        self.assertTrue(summary["options"]["no-events"])
        self.assertEqual([(p["kind"], p["events"]) for p in summary["parts"]], [(None, None)] * 3)
        self.assert_whole("beat.parts")

    def test_merged_parts_have_events_of_their_own(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2")
        self.assertEqual(self.program("resynth", "beat.parts", "--merge", "0+1").returncode, 0)
        rows = self.rows("beat-resynth.parts")
        self.assert_times([float(row["onset"]) for row in rows], sorted(KICKS + HATS), 0.01)
        self.assertEqual({row["part"] for row in rows}, {"part-00"})
        self.assertEqual({row["component"] for row in rows}, {"0", "1"})

    def test_a_name_with_quotes_stands_in_the_table_as_it_is(self):
        self.beat()
        self.decompose("beat.wav", "-k", "2", "--names", 'the "kick"')
        self.assertIn('the "kick"', {row["part"] for row in self.rows("beat.parts")})


if __name__ == "__main__":
    unittest.main()
