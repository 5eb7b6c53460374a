#!/usr/bin/env python3
"""Standard input is an input like any other, and what may be taken of the machine has bounds."""
import os
import pty
import signal
import subprocess
import time
import unittest

from support import (
    CANNOT_READ,
    MALFORMED,
    PROGRAM,
    QUICK,
    RESOURCE_LIMIT,
    SECONDS_ALLOWED,
    SOURCE,
    ProgramTest,
    plucked,
    wav_bytes,
)


class StandardInput(ProgramTest):
    def pipe(self, data, *arguments):
        return subprocess.run([PROGRAM, "decompose", "-", *arguments], input=data,
                              cwd=self.folder, capture_output=True, timeout=SECONDS_ALLOWED)

    def files(self, folder):
        return {f["name"]: f["sha256"] for f in self.summary(folder)["files"]
                if f["name"].endswith(".wav")}

    def test_a_pipe_gives_what_the_file_gives(self):
        for data in [wav_bytes(plucked(0.5)), (SOURCE / "tests/data/tabla.wav").read_bytes()]:
            path = self.write("sound.wav", data)
            self.decompose(path, *QUICK, "-o", "named", "--force")
            result = self.pipe(data, *QUICK, "--force")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(self.summary("stdin.parts")["input"]["name"], "stdin")
            self.assertEqual(self.files("stdin.parts"), self.files("named"))
            with open(path, "rb") as file:
                subprocess.run([PROGRAM, "decompose", "-", *QUICK, "-o", "redirected", "--force"],
                               stdin=file, cwd=self.folder, check=True, capture_output=True)
            self.assertEqual(self.files("redirected"), self.files("named"))

    def test_a_file_that_somebody_began_to_read_is_read_from_there(self):
        self.write("sound", b"spoilt" + wav_bytes(plucked(0.3)))
        with open(self.folder / "sound", "rb", buffering=0) as file:
            file.read(6)
            subprocess.run([PROGRAM, "decompose", "-", *QUICK], stdin=file, cwd=self.folder,
                           check=True, capture_output=True)

    def test_what_is_no_sound_is_refused_by_its_name(self):
        for data, code in [(b"", MALFORMED), (b"hello\n", MALFORMED)]:
            result = self.pipe(data)
            self.assertEqual(result.returncode, code)
            self.assertRegex(result.stderr.decode(), r"\Apartwise: standard input: [^\n]+\n\Z")

    def test_a_terminal_is_no_input(self):
        ours, theirs = pty.openpty()
        result = subprocess.run([PROGRAM, "decompose", "-"], stdin=theirs, cwd=self.folder,
                                capture_output=True, timeout=SECONDS_ALLOWED)
        os.close(ours)
        os.close(theirs)
        self.assertEqual(result.returncode, CANNOT_READ)
        self.assertIn(b"it is a terminal", result.stderr)

    def test_a_folder_and_a_closed_input_are_refused(self):
        with open("/dev/null", "rb") as nothing:
            result = subprocess.run([PROGRAM, "decompose", "-"], stdin=nothing, cwd=self.folder,
                                    capture_output=True, timeout=SECONDS_ALLOWED)
        self.assertEqual(result.returncode, MALFORMED)
        descriptor = os.open(self.folder, os.O_RDONLY)
        result = subprocess.run([PROGRAM, "decompose", "-"], stdin=descriptor, cwd=self.folder,
                                capture_output=True, timeout=SECONDS_ALLOWED)
        os.close(descriptor)
        self.assertEqual(result.returncode, CANNOT_READ, result.stderr)

    def test_an_endless_stream_ends_at_the_limit(self):
        with open("/dev/zero", "rb") as zeros:
            result = subprocess.run([PROGRAM, "decompose", "-", "--max-memory", "50"], stdin=zeros,
                                    cwd=self.folder, capture_output=True, timeout=SECONDS_ALLOWED)
        self.assertEqual(result.returncode, RESOURCE_LIMIT)
        self.assertIn(b"standard input: it has more than 50 MB", result.stderr)

    def test_a_signal_ends_the_wait_for_bytes(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            with subprocess.Popen([PROGRAM, "decompose", "-"], cwd=self.folder,
                                  stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                process.stdin.write(b"RIFF")
                process.stdin.flush()
                time.sleep(0.5)
                process.send_signal(number)
                self.assertEqual(process.wait(20), 128 + number)
        self.assertEqual(list(self.folder.iterdir()), [])


class Limits(ProgramTest):
    def test_more_sound_than_allowed_is_refused_with_the_figure(self):
        self.sound(seconds=2.0)
        self.refused(RESOURCE_LIMIT, "decompose", "tones.wav", "--max-duration", "1.5",
                     says=["tones.wav", "2 s of sound", "1.5 s"])
        self.decompose("tones.wav", *QUICK, "--max-duration", "1.5", "--duration", "1")

    def test_a_bomb_is_refused_at_once(self):
        """A header that claims 24 hours of silence, as FLAC packs them into 0.8 MB."""
        samples = 24 * 3600 * 44100
        info = (4096).to_bytes(2, "big") * 2 + bytes(6)
        info += ((44100 << 44) | (1 << 41) | (15 << 36) | samples).to_bytes(8, "big") + bytes(16)
        self.write("bomb.flac", b"fLaC\x80\0\0\x22" + info + b"\xff\xf8" + bytes(800000))
        start = time.monotonic()
        self.refused(RESOURCE_LIMIT, "decompose", "bomb.flac", says=["86400 s", "21600 s"])
        self.refused(RESOURCE_LIMIT, "decompose", "bomb.flac", "--max-duration", "90000",
                     "--max-memory", "1000", says=["MB of memory", "1000 MB"])
        self.assertLess(time.monotonic() - start, 5)

    def test_a_run_that_needs_more_memory_than_allowed_is_refused_before_it_begins(self):
        self.write("long.wav", wav_bytes([[0.1]] * 3_000_000, 44100))
        self.refused(RESOURCE_LIMIT, "decompose", "long.wav", "--max-memory", "30",
                     says=["this run needs about", "30 MB"])

    def test_strict_makes_an_error_of_damage(self):
        self.write("cut.wav", wav_bytes(plucked(1.0))[:8000])
        self.decompose("cut.wav", *QUICK, "-o", "out")
        self.refused(MALFORMED, "decompose", "cut.wav", "--strict", says=["cut.wav", "strict"])
        self.sound()
        self.decompose("tones.wav", *QUICK, "--strict")


if __name__ == "__main__":
    unittest.main()
