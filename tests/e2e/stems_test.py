#!/usr/bin/env python3
"""What the files of sound say of themselves: tags, place on a time line, names; and full scale."""
import json
import shutil
import struct
import subprocess
import unittest

from support import QUICK, USAGE, ProgramTest, decode, plucked, read_wav, wav_bytes

TAGS = {b"INAM": "F\u00fcr \u00c9lise", b"IART": "Ludwig", b"IPRD": "Op. 59", b"ICRD": "1810"}


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def info_chunk(tags):
    return chunk(b"LIST", b"INFO" + b"".join(chunk(n, t.encode() + b"\0") for n, t in tags.items()))


def bext_chunk(samples):
    return chunk(b"bext", bytes(338) + struct.pack("<Q", samples) + bytes(256))


def with_chunks(wav, *chunks):
    body = wav[8:] + b"".join(chunks) if chunks else wav[8:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def before_data(wav, *chunks):
    return with_chunks(wav[:36] + b"".join(chunks) + wav[36:])


def chunks_of(path):
    """{name: body} of a WAV, by a reader of our own."""
    data = path.read_bytes()
    assert struct.unpack_from("<I", data, 4)[0] + 8 == len(data), path
    at, found = 12, {}
    while at < len(data):
        name, size = data[at:at + 4], struct.unpack_from("<I", data, at + 4)[0]
        found[name] = data[at + 8:at + 8 + size]
        at += 8 + size + size % 2
    return found


def tags_of(path):
    body, at, tags = chunks_of(path).get(b"LIST", b""), 4, {}
    while at < len(body):
        size = struct.unpack_from("<I", body, at + 4)[0]
        tags[body[at:at + 4]] = body[at + 8:at + 8 + size].rstrip(b"\0").decode()
        at += 8 + size + size % 2
    return tags


def time_reference(path):
    body = chunks_of(path).get(b"bext")
    return None if body is None else struct.unpack_from("<Q", body, 338)[0]


def peer(name, *arguments):
    """What another program says; skips the test where it is not installed."""
    if shutil.which(name) is None:
        raise unittest.SkipTest(f"{name} is not installed")
    return subprocess.run([name, *map(str, arguments)], check=True, capture_output=True,
                          text=True).stdout


class Tags(ProgramTest):
    def tagged(self, name="tones.wav"):
        return self.write(name, with_chunks(wav_bytes(plucked()), info_chunk(TAGS)))

    def test_a_wav_says_of_its_parts_what_it_says_of_itself(self):
        self.tagged()
        for form in ("wav", "wav24", "wav16"):
            self.decompose("tones.wav", *QUICK, "--format", form, "-o", form, "--names", "Bass drum")
            for stem, word in [("part-00-bass-drum", "Bass drum"), ("part-01", "part-01"),
                               ("mix", "mix"), ("residual", "residual")]:
                self.assertEqual(tags_of(self.folder / form / f"{stem}.wav"),
                                 {**TAGS, b"INAM": f"F\u00fcr \u00c9lise - {word}"}, stem)

    def test_the_analysed_signal_keeps_its_title(self):
        self.tagged()
        self.decompose("tones.wav", *QUICK, "--duration", "0.25")
        self.assertEqual(tags_of(self.folder / "tones.parts" / "input.wav"), TAGS)

    def test_a_file_without_tags_has_parts_without_tags(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.assertNotIn(b"LIST", chunks_of(self.folder / "tones.parts" / "part-00.wav"))

    def test_flac_parts_have_vorbis_comments(self):
        self.tagged()
        self.decompose("tones.wav", *QUICK, "--format", "flac", "-o", "out")
        said = peer("metaflac", "--export-tags-to=-", self.folder / "out" / "part-01.flac")
        said = [line.split("=", 1) for line in said.splitlines()]
        self.assertEqual({f"{field.upper()}={text}" for field, text in said},
                         {"TITLE=F\u00fcr \u00c9lise - part-01", "ARTIST=Ludwig", "ALBUM=Op. 59",
                          "DATE=1810"})

    def test_tags_come_over_from_flac_too(self):
        self.tagged()
        self.decompose("tones.wav", *QUICK, "--format", "flac", "-o", "first")
        self.decompose("first/mix.flac", *QUICK, "-o", "second")
        self.assertEqual(tags_of(self.folder / "second" / "part-00.wav")[b"INAM"],
                         "F\u00fcr \u00c9lise - mix - part-00")

    def test_another_program_reads_the_tags(self):
        self.tagged()
        self.decompose("tones.wav", *QUICK, "--offset", "0.125", "-o", "out")
        said = json.loads(peer("ffprobe", "-v", "error", "-show_format", "-of", "json",
                               self.folder / "out" / "part-00.wav"))["format"]["tags"]
        self.assertEqual(said["title"], "F\u00fcr \u00c9lise - part-00")
        self.assertEqual((said["artist"], said["album"], said["date"]), ("Ludwig", "Op. 59", "1810"))
        self.assertEqual(said["time_reference"], "1000")


class TimeLine(ProgramTest):
    def test_parts_begin_where_they_were_cut_from(self):
        self.sound()
        for form in ("wav", "wav24", "wav16"):
            self.decompose("tones.wav", *QUICK, "--offset", "0.125", "--format", form, "-o", form)
            for path in (self.folder / form).glob("*.wav"):
                self.assertEqual(time_reference(path), 1000, path)

    def test_a_broadcast_wave_keeps_its_place_and_an_offset_is_counted_behind_it(self):
        self.write("tones.wav", before_data(wav_bytes(plucked()), bext_chunk(5_000_000_000)))
        self.decompose("tones.wav", *QUICK, "-o", "whole")
        self.decompose("tones.wav", *QUICK, "--offset", "0.125", "-o", "cut")
        self.decompose("tones.wav", *QUICK, "--sample-rate", "16000", "-o", "other")
        for out, samples in [("whole", 5_000_000_000), ("cut", 5_000_001_000),
                             ("other", 10_000_000_000)]:
            self.assertEqual(time_reference(self.folder / out / "part-02.wav"), samples, out)

    def test_without_either_there_is_no_such_chunk(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        self.assertIsNone(time_reference(self.folder / "tones.parts" / "part-00.wav"))

    def test_sox_reads_what_follows_the_chunks(self):
        self.write("tones.wav", before_data(wav_bytes(plucked()), bext_chunk(7), info_chunk(TAGS)))
        for form in ("wav", "wav24", "wav16"):
            self.decompose("tones.wav", *QUICK, "--format", form, "-o", form)
            self.assertEqual(peer("soxi", "-s", self.folder / form / "mix.wav").strip(), "4000")


class Names(ProgramTest):
    def test_parts_have_the_names_that_were_given(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--names", "Kick, Snare (rim)")
        self.assert_whole("tones.parts")
        summary = self.summary("tones.parts")
        self.assertEqual([(part["name"], part["file"]) for part in summary["parts"]],
                         [("Kick", "part-00-kick.wav"), ("Snare (rim)", "part-01-snare-rim.wav"),
                          ("part-02", "part-02.wav")])
        self.assertEqual(summary["options"]["names"], "Kick,Snare (rim)")
        self.assertIn("Snare (rim)", (self.folder / "tones.parts" / "report.html").read_text())

    def test_hostile_names_stay_inside_the_folder(self):
        self.sound()
        before = self.tree()
        self.decompose("tones.wav", *QUICK, "--names", "../../x,/etc/passwd,<script>")
        self.assert_whole("tones.parts")
        self.assertEqual({name.split("/")[0] for name in set(self.tree()) - set(before)},
                         {"tones.parts"})
        self.assertNotIn("<script>,", (self.folder / "tones.parts" / "report.html").read_text())

    def test_names_that_make_no_sense_are_refused(self):
        self.sound()
        for names, words in [("a,b,c,d", "at most 3 names"), ("a,,b", "expected names of 1..64"),
                             ("a\nb", "expected names of 1..64")]:
            with self.subTest(names=names):
                self.refused(USAGE, "decompose", "tones.wav", *QUICK, "--names", names,
                             says=["--names = ", words])

    def test_a_start_from_a_file_decides_how_many_names_there_may_be(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--no-report")
        self.refused(USAGE, "decompose", "tones.wav", "--init", "tones.parts/factors.npz", "-o",
                     "more", "--names", "a,b,c,d", says=["at most 3 names"])


class FullScale(ProgramTest):
    """A square wave at full scale: raw factors overshoot it at both ends."""

    def test_no_format_wraps_and_what_is_clipped_is_counted(self):
        frames = [[1.0 if (i // 40) % 2 else -1.0] for i in range(4000)]
        self.write("square.wav", wav_bytes(frames, 8000, "float32"))
        run = ["square.wav", "-k", "1", "--max-iter", "30", "--tol", "0", "--resynthesis",
               "factors", "--no-report"]
        self.decompose(*run, "-o", "wav")
        files = ["part-00", "mix", "residual"]
        exact = {name: read_wav(self.folder / "wav" / f"{name}.wav")[2] for name in files}
        self.assertGreater(max(exact["part-00"]), 1)
        self.assertLess(min(exact["part-00"]), -1)
        self.assertFalse(any("clipped" in w for w in self.summary("wav")["warnings"]))
        for form, steps in [("wav16", 1 << 15), ("wav24", 1 << 23), ("flac16", 1 << 15),
                            ("flac", 1 << 23)]:
            with self.subTest(form=form):
                self.decompose(*run, "-o", form, "--format", form)
                extension = form.rstrip("0123456789")
                part = decode(self.folder / form / f"part-00.{extension}")[2]
                expected = [max(-steps, min(steps - 1, round(x * steps))) for x in exact["part-00"]]
                self.assertEqual([round(x * steps) for x in part], expected)
                clipped = sum(round(x * steps) not in range(-steps, steps)
                              for x in exact["part-00"])
                self.assertGreater(clipped, 10)
                self.assertIn(f"{clipped} samples of part-00.{extension} were clipped to full "
                              "scale; --format wav keeps them", self.summary(form)["warnings"])
                self.assert_whole(form)


if __name__ == "__main__":
    unittest.main()
