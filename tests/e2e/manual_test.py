#!/usr/bin/env python3
"""The manual page and the shells' completions know every command and option of the program."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import time
import unittest

from support import PROGRAM, SECONDS_ALLOWED, ProgramTest

MANUAL = pathlib.Path(os.environ.get("PARTWISE_MANUAL", ""))
PATHS = {"output": "folders", "init": "files"}


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


class Manual(ProgramTest):
    def setUp(self):
        super().setUp()
        if not (MANUAL / "partwise.1").exists():
            self.skipTest("the manual was not made")
        help_text = self.program("--help").stdout.decode()
        self.commands = re.findall(r"(?m)^  ([a-z]+) [A-Z]", help_text)
        self.assertIn("decompose", self.commands)

    def options(self, command):
        """{long name: short name or ""} of a command, and {long name: words} where help lists some."""
        text = self.program("help", command).stdout.decode()
        found = {long: short for short, long in re.findall(r"(?m)^  (?:-(\w), )?--([a-z0-9-]+)", text)}
        words = {}
        for name, said in re.findall(r"(?ms)^  (?:-\w, )?--([a-z0-9-]+) NAME\b(.*?)(?=^  -|^$)", text):
            listed = re.search(r": ([a-z0-9-]+(?:, [a-z0-9-]+)* or [a-z0-9-]+) \[", " ".join(said.split()))
            if listed:
                words[name] = re.split(r", | or ", listed.group(1))
        return found, words

    def run_text(self, *command, text=None, environment=None):
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False,
                                cwd=self.folder, timeout=SECONDS_ALLOWED,
                                env={**os.environ, **(environment or {})})
        self.assertEqual((result.returncode, result.stderr), (0, ""), command)
        return result.stdout

    def test_the_page_has_every_command_and_option(self):
        text = (MANUAL / "partwise.1").read_text().replace("\\-", "-")
        for command in self.commands:
            section = text.split(f'.SH "PARTWISE {command.upper()}"')[1].split(".SH ")[0]
            for name in set(self.options(command)[0]) - {"help"}:
                self.assertIn(f"\\fB--{name}\\fR", section)

    def test_defaults_in_help_and_page_are_those_of_a_run(self):
        def as_number(text):
            try:
                return float(text)
            except ValueError:
                return text

        self.sound()
        self.program("decompose", "tones.wav", "-o", "out", "--no-report")
        in_force = self.summary("out")["options"]
        page = (MANUAL / "partwise.1").read_text().replace("\\-", "-")
        section = page.split('.SH "PARTWISE DECOMPOSE"')[1].split(".SH ")[0]
        term = r"(?ms)^  (?:-\w, )?--([a-z0-9-]+) \S+\s(.*?)(?=^  -|^$)"
        for name, said in re.findall(term, self.program("help", "decompose").stdout.decode()):
            default = re.search(r"\[([^][]*)\]$", " ".join(said.split()))
            if default is None:
                continue
            entry = section.split(f"\\fB--{name}\\fR")[1].split(".TP")[0]
            self.assertIn(f"[{default[1]}]", " ".join(entry.split()), name)
            if " " in default[1] or default[1] == "auto" or name == "threads":
                continue  # it depends on the recording or the machine
            self.assertEqual(as_number(default[1]), as_number(str(in_force.pop(name))), name)
        self.assertLess(len(in_force), 24, in_force)

    @needs("mandoc")
    def test_mandoc_has_nothing_to_say_about_the_page(self):
        self.assertEqual(self.run_text("mandoc", "-T", "lint", str(MANUAL / "partwise.1")), "")

    @needs("groff")
    def test_groff_has_nothing_to_say_about_the_page(self):
        shown = self.run_text("groff", "-man", "-Tutf8", "-ww", "-P-cbou", str(MANUAL / "partwise.1"))
        self.assertIn("PARTWISE DECOMPOSE", shown)

    # -- bash

    def bash(self, *words):
        """What bash offers for the last of `words`."""
        quoted = " ".join(f"'{word}'" for word in words)
        script = (f"source '{MANUAL}/partwise.bash'; COMP_WORDS=({quoted}); "
                  f"COMP_CWORD={len(words) - 1}; _partwise; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        return set(self.run_text("bash", "--norc", "-c", script).split("\n")) - {""}

    @needs("bash")
    def test_bash_offers_every_command_option_and_word(self):
        self.assertLessEqual({*self.commands, "help", "--version"}, self.bash("partwise", ""))
        self.assertEqual(self.bash("partwise", "help", ""), set(self.commands))
        for command in self.commands:
            options, words = self.options(command)
            expected = {f"--{name}" for name in options}
            expected |= {f"-{letter}" for letter in options.values() if letter}
            self.assertEqual(self.bash("partwise", command, "-"), expected)
            for name, choice in words.items():
                self.assertEqual(self.bash("partwise", command, "a.wav", f"--{name}", ""), set(choice))
                self.assertEqual(self.bash("partwise", command, f"--{name}", "=", choice[0][:2]),
                                 {word for word in choice if word.startswith(choice[0][:2])})
                self.assertEqual(self.bash("partwise", command, f"--{name}", "="), set(choice))

    @needs("bash")
    def test_bash_offers_files_and_folders_where_they_belong(self):
        self.sound("a loop.wav")
        (self.folder / "folder").mkdir()
        self.assertEqual(self.bash("partwise", "decompose", ""), {"a loop.wav", "folder"})
        self.assertEqual(self.bash("partwise", "decompose", "-o", ""), {"folder"})
        self.assertIn("a loop.wav", self.bash("partwise", "decompose", "--init", ""))
        self.assertIn("random", self.bash("partwise", "decompose", "--init", ""))
        self.assertEqual(self.bash("partwise", "decompose", "-k", ""), set())

    # -- fish

    def fish(self, line):
        script = f"source '{MANUAL}/partwise.fish'; complete -C '{line}'"
        said = self.run_text("fish", "--no-config", "-c", script,
                             environment={"HOME": str(self.folder), "PATH": self.path_with_program()})
        return {offer.split("\t")[0] for offer in said.split("\n")} - {""}

    def path_with_program(self):
        return os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]

    @needs("fish")
    def test_fish_offers_every_command_option_and_word(self):
        self.assertEqual(self.fish("partwise "), {*self.commands, "help"})
        self.assertEqual(self.fish("partwise help "), set(self.commands))
        for command in self.commands:
            options, words = self.options(command)
            self.assertEqual({offer.rstrip("=") for offer in self.fish(f"partwise {command} --")},
                             {f"--{name}" for name in options})
            for name, choice in words.items():
                self.assertEqual(self.fish(f"partwise {command} --{name} "), set(choice))

    # -- zsh

    def zsh(self, line):
        """What zsh shows for `line` and a tab, without what it moves the cursor with."""
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "HOME": str(self.folder), "COLUMNS": "500",
                       "LINES": "200"}
        process = subprocess.Popen(["zsh", "-f", "-i"], cwd=self.folder, stdin=theirs,
                                   stdout=theirs, stderr=theirs, env=environment, start_new_session=True)
        os.close(theirs)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

        def told_until(mark):
            """What is told up to `mark`, or until nothing has come for a while."""
            told, end = "", time.monotonic() + SECONDS_ALLOWED
            while mark not in told and time.monotonic() < end:
                if not select.select([ours], [], [], 1)[0] and told and not mark.startswith("READY"):
                    break
                if select.select([ours], [], [], 0)[0]:
                    told += os.read(ours, 65536).decode(errors="replace")
            return told

        # Words that begin alike (log, linear) are to be listed at the first tab, too.
        os.write(ours, (f"fpath=('{MANUAL}' $fpath); autoload -Uz compinit; compinit -u -D; "
                        "setopt no_list_ambiguous; LISTMAX=1000; stty rows 200 cols 500; PS1=''; echo READ''Y\n").encode())
        told_until("READY")
        os.write(ours, (line + "\t").encode())
        told = told_until("\0")
        os.close(ours)
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", told)

    @needs("zsh")
    def test_zsh_offers_every_command_option_and_word(self):
        said = self.zsh("partwise ")
        for command in [*self.commands, "help"]:
            self.assertRegex(said, rf"\b{command} +--")
        for command in self.commands:
            options, words = self.options(command)
            said = self.zsh(f"partwise {command} --")
            for name in options:
                self.assertRegex(said, rf"--{name}(?![a-z-])")
            for name, choice in words.items():
                said = self.zsh(f"partwise {command} --{name}=")
                for word in choice:
                    self.assertRegex(said, rf"\b{word}\b")


if __name__ == "__main__":
    unittest.main()
