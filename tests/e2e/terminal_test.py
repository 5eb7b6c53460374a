#!/usr/bin/env python3
"""The program in terminals of several widths, and what it tells other programs meanwhile."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import threading
import unittest

from support import PROGRAM, QUICK, SECONDS_ALLOWED, ProgramTest

BUSY = ["-k", "4", "--max-iter", "400", "--tol", "0"]
COLOURS = re.compile(r"\x1b\[[0-9]*m")


def set_columns(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


class Terminal(ProgramTest):
    def on_a_terminal(self, *arguments, columns=80, later=None, environment=()):
        """What a terminal that is standard output and error was sent. `later`: how many columns it
        has as soon as something was drawn."""
        ours, theirs = pty.openpty()
        set_columns(theirs, columns)
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                                   env={**os.environ, "TERM": "xterm", **dict(environment)})
        os.close(theirs)
        watchdog = threading.Timer(SECONDS_ALLOWED, process.kill)
        watchdog.start()
        self.addCleanup(watchdog.cancel)
        sent = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side has closed
                break
            if not piece:
                break
            sent += piece
            if later and b"%" in sent:
                set_columns(ours, later)
        os.close(ours)
        self.assertEqual(process.wait(), 0, sent)
        return sent.decode().replace("\r\n", "\n")

    def test_no_line_reaches_the_edge_of_a_terminal_of_any_width(self):
        self.sound(seconds=4, rate=22050)
        for columns in [5, 20, 40, 200]:
            with self.subTest(columns=columns):
                sent = COLOURS.sub("", self.on_a_terminal("decompose", "tones.wav", *BUSY,
                                                          "--force", columns=columns))
                drawn, _, told = sent.rpartition("\r")
                self.assertLessEqual(max(map(len, drawn.split("\r"))), columns - 1)
                table = told.split("\n\n")[0].split("\n")
                if columns >= 40:
                    self.assertLessEqual(max(map(len, table)), columns)
                self.assertEqual(len(table), 5)
                for number, line in enumerate(table[1:]):
                    self.assertRegex(line, rf"^ +{number}  part")

    def test_a_wider_terminal_shows_more(self):
        self.sound(seconds=4, rate=22050)
        shown = {columns: self.on_a_terminal("decompose", "tones.wav", *BUSY, "--force",
                                             columns=columns, environment={"NO_COLOR": "1"})
                 for columns in [20, 40, 80]}
        self.assertRegex(shown[80], r"factorizing +\[#*\.+\] +\d+ % +\d+:\d\d left")
        self.assertRegex(shown[40], r"factorizing +\d+ % +\d+:\d\d left")
        self.assertRegex(shown[20], r"factorizing +\d+ %")
        self.assertNotIn("left", shown[20])
        for columns, heading in [(80, "#  part         peak Hz  note  energy %  onset s  level dB"),
                                 (40, "#  part         peak Hz  energy %"),
                                 (20, "#  part     peak Hz")]:
            self.assertIn(heading, shown[columns])

    def test_a_terminal_that_becomes_narrower_is_seen(self):
        self.sound(seconds=4, rate=22050)
        sent = self.on_a_terminal("decompose", "tones.wav", *BUSY, columns=100, later=30,
                                  environment={"NO_COLOR": "1"})
        drawn = sent.rpartition("\r")[0].split("\r")
        self.assertGreater(max(map(len, drawn)), 60)
        self.assertLessEqual(len(drawn[-1]), 29)

    def test_colour_is_for_terminals_that_want_it(self):
        self.sound()
        command = ["decompose", "tones.wav", "-k", "3", "--max-iter", "2", "--force"]
        coloured = self.on_a_terminal(*command)
        self.assertIn("\x1b[1m  #  part", coloured)
        self.assertIn("\x1b[33mpartwise: warning:\x1b[0m not converged", coloured)
        for environment in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
            self.assertNotIn("\x1b", self.on_a_terminal(*command, environment=environment))
        result = self.decompose(*command[1:])
        self.assertNotIn(b"\x1b", result.stdout + result.stderr)

    def test_help_is_for_eighty_columns_in_a_terminal_too(self):
        shown = self.on_a_terminal("decompose", "--help")
        self.assertLessEqual(max(map(len, shown.split("\n"))), 80)


class JsonProgress(ProgramTest):
    def lines(self, *arguments):
        result = self.decompose("tones.wav", *arguments, "--json-progress")
        return result, [json.loads(line) for line in result.stderr.decode().splitlines()
                        if line.startswith("{")]

    def test_every_stage_is_told_in_order_to_the_end(self):
        self.sound(seconds=4, rate=22050)
        result, told = self.lines(*BUSY)
        self.assertIn(b"peak Hz", result.stdout)  # the table stays
        for line in told:
            self.assertEqual(list(line), ["stage", "share", "iteration", "objective", "seconds"])
        stages = [line["stage"] for line in told]
        order = ["decode", "transform", "factorize", "separate", "write", "report"]
        self.assertEqual(sorted(set(stages), key=stages.index), order)
        self.assertEqual(stages, sorted(stages, key=order.index))
        for name in ["share", "seconds"]:
            values = [line[name] for line in told]
            self.assertEqual(values, sorted(values))
        self.assertEqual(told[-1]["share"], 1)
        self.assertLessEqual(len(told), 10 * told[-1]["seconds"] + len(order) + 2)

    def test_the_factorization_tells_its_iterations_and_objective(self):
        self.sound(seconds=4, rate=22050)
        told = self.lines(*BUSY)[1]
        iterations = [line for line in told if line["iteration"] is not None]
        self.assertTrue(iterations)
        for line in iterations:
            self.assertEqual(line["stage"], "factorize")
            self.assertGreater(line["objective"], 0)
        for line in told:
            self.assertEqual(line["iteration"] is None, line["objective"] is None)

    def test_warnings_and_errors_stay_words(self):
        self.sound()
        result, _ = self.lines("-k", "3", "--max-iter", "2", "--quiet")
        self.assertRegex(result.stderr.decode(), r"(?m)^partwise: warning: not converged")
        self.assertEqual(result.stdout, b"")

    def test_it_is_not_part_of_what_was_done(self):
        self.sound()
        self.lines(*QUICK)
        self.assertNotIn("json-progress", self.summary("tones.parts")["options"])


if __name__ == "__main__":
    unittest.main()
