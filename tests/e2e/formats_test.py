#!/usr/bin/env python3
"""Every format that people have, made by the tools they make it with, comes back within its margin.

A tool that is not installed skips its rows; ./test installs them all.
"""
import functools
import math
import os
import shutil
import struct
import subprocess
import unittest

from support import MALFORMED, QUICK, ProgramTest, decode, plucked, wav_bytes

RATE = 44100
OPUS_RATE = 48000  # Opus knows 8, 12, 16, 24 and 48 kHz
EXACT = math.inf
FFMPEG = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-i", "IN"]
SOX = ["sox", "-D", "IN"]  # without dither

# (name, command, least signal-to-error ratio in dB, samples it may be longer or shorter by)
# The margins of lossy codecs are what was measured on this sound less 3 dB (docs/formats.md).
FORMATS = [
    ("pcm16.wav", [*SOX, "-b", "16", "OUT"], EXACT, 0),
    ("pcm24.wav", [*SOX, "-b", "24", "OUT"], EXACT, 0),
    ("pcm32.wav", [*SOX, "-b", "32", "OUT"], EXACT, 0),
    ("float.wav", [*SOX, "-e", "floating-point", "-b", "32", "OUT"], EXACT, 0),
    ("double.wav", [*SOX, "-e", "floating-point", "-b", "64", "OUT"], EXACT, 0),
    ("rf64.wav", [*FFMPEG, "-rf64", "always", "OUT"], EXACT, 0),
    ("pcm16.w64", [*FFMPEG, "-f", "w64", "OUT"], EXACT, 0),
    ("pcm16.aiff", [*SOX, "OUT"], EXACT, 0),
    ("little.aifc", [*FFMPEG, "-c:a", "pcm_s16le", "-f", "aiff", "OUT"], EXACT, 0),
    ("pcm16.caf", [*FFMPEG, "-c:a", "pcm_s16be", "-f", "caf", "OUT"], EXACT, 0),
    ("alac.caf", [*FFMPEG, "-c:a", "alac", "-f", "caf", "OUT"], EXACT, 0),
    ("pcm16.au", [*SOX, "OUT"], EXACT, 0),
    ("level5.flac", ["flac", "-s", "-f", "IN", "-o", "OUT"], EXACT, 0),
    ("level8.flac", ["flac", "-s", "-f", "-8", "-p", "IN", "-o", "OUT"], EXACT, 0),
    ("flac.ogg", ["flac", "-s", "-f", "--ogg", "IN", "-o", "OUT"], EXACT, 0),
    ("alac.m4a", [*FFMPEG, "-c:a", "alac", "OUT"], EXACT, 0),
    ("lossless.wv", [*FFMPEG, "-c:a", "wavpack", "OUT"], EXACT, 0),
    ("lossless.tta", [*FFMPEG, "-c:a", "tta", "OUT"], EXACT, 0),
    ("flac.mka", [*FFMPEG, "-c:a", "flac", "OUT"], EXACT, 0),
    ("mulaw.wav", [*SOX, "-e", "u-law", "OUT"], 34, 0),
    ("alaw.wav", [*SOX, "-e", "a-law", "OUT"], 34, 0),
    ("ima.wav", [*FFMPEG, "-c:a", "adpcm_ima_wav", "OUT"], 33, 2048),
    ("ms.wav", [*FFMPEG, "-c:a", "adpcm_ms", "OUT"], 33, 2048),
    ("quality6.ogg", ["oggenc", "-Q", "-q", "6", "IN", "-o", "OUT"], 31, 0),
    ("kbps160.opus", ["opusenc", "--quiet", "--bitrate", "160", "IN", "OUT"], 30, 960),
    ("kbps192.mp3", ["lame", "--quiet", "-b", "192", "IN", "OUT"], 26, 0),
    ("vbr.mp3", ["lame", "--quiet", "-V", "2", "IN", "OUT"], 32, 0),
    ("kbps192.m4a", [*FFMPEG, "-c:a", "aac", "-b:a", "192k", "OUT"], 12, 2048),
    ("kbps192.aac", [*FFMPEG, "-c:a", "aac", "-b:a", "192k", "OUT"], 12, 4096),
    ("aac.mp4", [*FFMPEG, "-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", "OUT"], 12,
     2048),
    ("opus.webm", [*FFMPEG, "-c:a", "libopus", "-b:a", "160k", "OUT"], 30, 960),
    ("layer2.mp2", [*FFMPEG, "-c:a", "mp2", "-b:a", "256k", "OUT"], 32, 4096),
    ("wma2.wma", [*FFMPEG, "-c:a", "wmav2", "-b:a", "192k", "OUT"], 18, 8192),
]


# Decoders that know their encoder's delay take it off; AAC in ADTS and layer II do not say it, and
# ffmpeg's WMA loses its first frame.
DELAYS = [0, 481, 1024, -2048]


def ratio_db(reference, samples, channels):
    """The ratio of signal to error of what both hold, at the delay that fits best."""
    best = -math.inf
    for delay in DELAYS:
        mine = reference[channels * max(0, -delay):]
        theirs = samples[channels * max(0, delay):]
        if not theirs or not mine:
            continue
        error = sum((a - b) ** 2 for a, b in zip(mine, theirs))
        if error == 0:
            return EXACT
        best = max(best, 10 * math.log10(sum(a * a for a in mine) / error))
    return best


@functools.cache
def sound(seconds, rate, channels):
    return wav_bytes(plucked(seconds, rate, channels), rate)


class Formats(ProgramTest):
    def make(self, name, command, source="in.wav"):
        """The file that `command` makes; skips where its program is missing."""
        if shutil.which(command[0]) is None:
            self.skipTest(f"{command[0]} is not installed")
        paths = {"IN": self.folder / source, "OUT": self.folder / name}
        subprocess.run([paths.get(word, word) for word in command], check=True,
                       capture_output=True, timeout=60)
        return paths["OUT"]

    def original(self, seconds=0.5, rate=RATE, channels=2):
        path = self.write("in.wav", sound(seconds, rate, channels))
        return decode(path)[2]

    def check(self, name, command, least_db, other_length):
        given_rate = OPUS_RATE if "opus" in name else RATE
        original = self.original(rate=given_rate)
        rate, channels, values = decode(self.make(name, command))
        self.assertEqual((rate, channels), (given_rate, 2))
        self.assertLessEqual(abs(len(values) - len(original)), 2 * other_length)
        reached = ratio_db(original, values, 2)
        if os.environ.get("PARTWISE_SHOW_MARGINS"):
            print(f"{name}: {reached:.1f} dB, {(len(values) - len(original)) // 2} more samples")
        self.assertGreaterEqual(reached, least_db)

    def test_every_format_comes_back_within_its_margin(self):
        skipped = []
        for name, command, least_db, other_length in FORMATS:
            with self.subTest(name=name):
                try:
                    self.check(name, command, least_db, other_length)
                except unittest.SkipTest as reason:
                    skipped.append(str(reason))
        if skipped:
            self.skipTest(", ".join(sorted(set(skipped))))

    def test_odd_rates_and_channels_come_back(self):
        for rate, channels in [(1000, 1), (8000, 1), (11025, 3), (44099, 1), (48000, 6),
                               (96000, 2), (192000, 1), (22050, 8)]:
            original = self.original(0.1, rate, channels)
            for name, command in [("a.flac", [*FFMPEG, "-c:a", "flac", "OUT"]),
                                  ("a.caf", [*FFMPEG, "-c:a", "pcm_s16be", "-f", "caf", "OUT"]),
                                  ("a.aiff", [*SOX, "OUT"]),
                                  ("a.wv", [*FFMPEG, "-c:a", "wavpack", "OUT"])]:
                with self.subTest(name=name, rate=rate, channels=channels):
                    self.assertEqual(decode(self.make(name, command)),
                                     (rate, channels, original))

    def test_a_file_through_ffmpeg_is_taken_apart_like_any_other(self):
        self.original(0.4, channels=1)
        self.make("song.m4a", [*FFMPEG, "-c:a", "aac", "OUT"])
        result = self.decompose("song.m4a", *QUICK)
        self.assertNotIn(b"ffmpeg", result.stderr)
        self.assertEqual(self.summary("song.parts")["input"]["format"], "MP4")
        self.assert_whole("song.parts")

    def test_a_film_without_sound_says_so(self):
        self.make("film.mp4", ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi",
                               "-i", "color=s=16x16:d=0.2", "OUT"])
        self.refused(MALFORMED, "decompose", "film.mp4", says=["film.mp4", "it holds no sound"])

    def test_a_cut_m4a_is_a_warning_or_an_error_of_one_line(self):
        self.original(3.0, channels=1)
        whole = self.make("whole.m4a", [*FFMPEG, "-c:a", "aac", "-movflags", "+faststart", "OUT"])
        data = whole.read_bytes()
        self.write("cut.m4a", data[:len(data) // 2])
        result = self.decompose("cut.m4a", *QUICK)
        self.assertRegex(result.stderr.decode(),
                         r"\Apartwise: warning: the file is damaged, [^\n]*ffmpeg[^\n]*\n")
        self.refused(MALFORMED, "decompose", "cut.m4a", "--strict", "-o", "x", says=["cut.m4a"])
        self.write("head.m4a", data[:60])
        self.refused(MALFORMED, "decompose", "head.m4a", says=["ffmpeg cannot decode it"])

    def test_without_ffmpeg_the_message_names_it(self):
        self.write("song.m4a", b"\0\0\0\x20ftypM4A " + bytes(100))
        self.refused(MALFORMED, "decompose", "song.m4a", env={"PATH": "/nonexistent"},
                     says=["song.m4a", "M4A", "Debian package ffmpeg"])

    def test_a_reference_to_another_file_is_not_followed(self):
        """A QuickTime file whose sound lies in another file, as dref allows."""
        self.original(0.3, channels=1)
        secret = self.make("secret.m4a", [*FFMPEG, "-c:a", "pcm_s16be", "-f", "mov", "OUT"])
        data = bytearray(secret.read_bytes())
        at = data.find(b"dref")
        # One entry of 12 bytes that says "in this file" becomes one that names "secret.m4a".
        entry = b"secret.m4a\0"
        url = struct.pack(">I", 12 + len(entry)) + b"url " + bytes(4) + entry
        data[at + 12:at + 24] = url
        for box in [b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"]:
            place = data.find(box) - 4
            size = struct.unpack_from(">I", data, place)[0] + len(url) - 12
            struct.pack_into(">I", data, place, size)
        mdat = data.find(b"mdat") - 4
        moov = data.find(b"moov") - 4
        if mdat < moov:  # the sound before the header: leave only the header
            del data[mdat:moov]
        pointer = self.write("pointer.mov", bytes(data))
        sound = decode(secret)[2]
        result = self.program("decompose", "pointer.mov", *QUICK)
        if result.returncode == 0:  # ffmpeg plays what stands at that place in this file
            played = decode(pointer)[2]
            self.assertNotEqual(played[:1000], sound[:len(played[:1000])])

    def test_a_playlist_in_any_disguise_is_never_followed(self):
        target = self.write("in.wav", wav_bytes(plucked(0.2), 8000))
        for name, text in [("a.m3u8", f"#EXTM3U\n#EXTINF:1,\nfile://{target}\n"),
                           ("b.m4a", f"#EXTM3U\n{target}\n"), ("c.wav", f"ffconcat version 1.0\nfile {target}\n"),
                           ("d.mp4", f"<?xml version='1.0'?><MPD><BaseURL>{target}</BaseURL></MPD>")]:
            with self.subTest(name=name):
                self.write(name, text.encode())
                self.refused(MALFORMED, "decompose", name, says=["it is a text file"])

    def test_names_of_any_bytes_work(self):
        self.original(0.1, channels=1)
        sound = (self.folder / "in.wav").read_bytes()
        for name in ["Łódź ♪ 音.wav", "a b.wav", "-k.wav", "--help", "new\nline.wav", "'q\"$(x).wav",
                     "\x1b[31mred.wav", "%41.wav", "a.b.c", ".hidden.wav"]:
            with self.subTest(name=name):
                (self.folder / name).write_bytes(sound)
                result = self.decompose("-k", "2", "--max-iter", "2", "--force", "-o", "out",
                                        "--", name)
                self.assertNotIn(b"\x1b", result.stdout + result.stderr)
                self.assertEqual(self.summary("out")["input"]["name"], name)
        raw = os.fsencode(self.folder) + b"/\xff\xfe.wav"
        with open(raw, "wb") as file:
            file.write(sound)
        self.decompose("-k", "2", "--max-iter", "2", raw)

    def test_names_of_any_bytes_work_through_ffmpeg(self):
        self.original(0.1, channels=1)
        data = self.make("in.m4a", [*FFMPEG, "-c:a", "aac", "OUT"]).read_bytes()
        for name in ["-i.m4a", "concat:a|b.m4a", "http:", "a%d.m4a"]:
            with self.subTest(name=name):
                self.write(name, data)
                self.decompose("-k", "2", "--max-iter", "2", "--force", "-o", "out", "--", name)


if __name__ == "__main__":
    unittest.main()
