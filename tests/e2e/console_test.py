#!/usr/bin/env python3
"""What the user sees, and what a pipe does not."""
import os
import pty
import re
import subprocess
import time
import unittest

from support import CANNOT_WRITE, PROGRAM, QUICK, SECONDS_ALLOWED, ProgramTest

BUSY = ["-k", "4", "--max-iter", "400", "--tol", "0"]


class Console(ProgramTest):
    def on_a_terminal(self, *arguments, **environment):
        """(standard output, what a terminal as standard error was sent)."""
        ours, theirs = pty.openpty()
        terminal = {**os.environ, "TERM": "xterm", **environment}
        process = subprocess.Popen([PROGRAM, "decompose", *arguments], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs,
                                   env=terminal)
        os.close(theirs)
        sent = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side has closed
                break
            if not piece:
                break
            sent += piece
        os.close(ours)
        out, _ = process.communicate(timeout=SECONDS_ALLOWED)
        self.assertEqual(process.returncode, 0, sent)
        return out.decode(), sent.decode()

    def test_progress_shows_on_a_terminal_and_is_gone_at_the_end(self):
        self.sound(seconds=4, rate=22050)
        begin = time.monotonic()
        out, sent = self.on_a_terminal("tones.wav", *BUSY)
        seconds = time.monotonic() - begin
        self.assertIn("part-00.wav", out)
        drawn = sent.split("\r")
        self.assertRegex(sent, r"factorizing +\[")
        self.assertRegex(sent, r"\d+ %")
        self.assertLessEqual(len(drawn), 10 * seconds + 5)  # ten times a second, and the end
        self.assertRegex(sent, r"\r +\r\Z")
        shares = [int(share) for share in re.findall(r"(\d+) %", sent)]
        self.assertEqual(shares, sorted(shares))

    def test_no_colour_where_none_is_wanted(self):
        self.sound(seconds=4, rate=22050)
        coloured = self.on_a_terminal("tones.wav", *BUSY, "--force", NO_COLOR="")[1]
        plain = self.on_a_terminal("tones.wav", *BUSY, "--force", NO_COLOR="1")[1]
        dumb = self.on_a_terminal("tones.wav", *BUSY, "--force", TERM="dumb")[1]
        self.assertIn("\x1b[", coloured)
        self.assertNotIn("\x1b", plain + dumb)

    def test_quiet_is_quiet_on_a_terminal_too(self):
        self.sound(seconds=2, rate=22050)
        self.assertEqual(self.on_a_terminal("tones.wav", *BUSY, "--quiet"), ("", ""))

    def test_a_pipe_gets_the_table_and_no_progress(self):
        self.sound(seconds=2, rate=22050)
        result = self.decompose("tones.wav", *BUSY)
        self.assertNotIn(b"\r", result.stdout + result.stderr)
        self.assertNotIn(b"%  ", result.stderr)
        text = result.stdout.decode()
        for words in ["part-00.wav", "part-03.wav", "peak Hz", "tones.parts/report.html",
                      "residual"]:
            self.assertIn(words, text)

    def test_what_did_not_converge_is_told_in_words(self):
        self.sound()
        result = self.decompose("tones.wav", "-k", "3", "--max-iter", "2")
        self.assertRegex(result.stderr.decode(), r"(?m)^partwise: warning: .*converge")
        self.assertTrue(self.summary("tones.parts")["warnings"])

    def test_a_name_cannot_speak_to_the_terminal(self):
        for name in [b"a\x1b[31mb.wav", b"\xff\xfe.wav", b"a\nb.wav", b"\xc2\x9b31m.wav"]:
            with self.subTest(name=name):
                sound = self.sound().read_bytes()
                path = os.path.join(os.fsencode(self.folder), name)
                with open(path, "wb") as file:
                    file.write(sound)
                result = self.program("decompose", name, *QUICK)
                self.assertEqual(result.returncode, 0, result.stderr)
                text = (result.stdout + result.stderr).decode()  # it is UTF-8
                self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
                self.assertIn("\\x", text)
                folder = os.path.splitext(os.fsdecode(name))[0] + ".parts"
                self.assertRegex(self.summary(folder)["input"]["name"], r"wav$")
                result = self.program("decompose", name + b".missing")
                self.assertRegex(result.stderr, rb"\Apartwise: [^\n\x1b\xff]*\n\Z")

    def test_json_into_a_closed_pipe_or_a_full_device_is_an_error(self):
        self.sound()
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            result = self.program("decompose", "tones.wav", *QUICK, "--json", capture_output=False,
                                  stdout=pipe, stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, CANNOT_WRITE, result.stderr)
        self.assertRegex(result.stderr.decode(), r"(?m)^partwise: cannot write to standard output")
        with open("/dev/full", "wb") as full:
            result = self.program("--help", capture_output=False, stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, CANNOT_WRITE, result.stderr)

    def test_closed_standard_streams_harm_no_file(self):
        self.sound()
        command = f'"{PROGRAM}" decompose tones.wav {" ".join(QUICK)} --quiet <&- >&- 2>&-'
        result = subprocess.run(["sh", "-c", command], cwd=self.folder, check=False,
                                timeout=SECONDS_ALLOWED)
        self.assertEqual(result.returncode, 0)
        self.assert_whole("tones.parts")

    def test_it_starts_quickly(self):
        times = []
        for _ in range(10):
            begin = os.times()
            self.program("--version")
            end = os.times()
            times.append(end.children_user + end.children_system - begin.children_user
                         - begin.children_system)
        self.assertLess(min(times), 0.2)  # far above the usual 5 ms, below any heavy start


if __name__ == "__main__":
    unittest.main()
