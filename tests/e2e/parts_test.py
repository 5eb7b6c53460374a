#!/usr/bin/env python3
"""Components gathered into parts: --parts and --method, and what resynth makes of such a run."""
import itertools
import json
import os
import re
import shutil
import subprocess
import unittest

from support import MALFORMED, PROGRAM, QUICK, SECONDS_ALLOWED, USAGE, ProgramTest, read_wav, sha256, wav_bytes

PARTS = ["--parts", "2", "-k", "6", "--max-iter", "30"]


class PartsTest(ProgramTest):
    def refused(self, *arguments, says):
        result = self.program(*arguments)
        self.assertEqual(result.returncode, USAGE, result.stderr)
        self.assertIn(says, result.stderr.decode())
        self.assertEqual(result.stderr.count(b"\n"), 1)

    def names(self, folder):
        return [part["file"] for part in self.summary(folder)["parts"]]

    def values(self, folder, file):
        return read_wav(self.folder / folder / file)[2]

    def assert_adds_up(self, folder, expected):
        files = self.names(folder) + ["residual.wav"]
        sums = [sum(column) for column in zip(*(self.values(folder, f) for f in files))]
        self.assertEqual(sums, list(expected))


class Parts(PartsTest):
    def test_components_become_parts_with_names_and_all_adds_up(self):
        path = self.sound(seconds=1)
        self.decompose("tones.wav", "--parts", "2", "--format", "wav16", "-o", "out")
        self.assert_whole("out")
        summary = self.summary("out")
        grouping = summary["grouping"]
        self.assertEqual(summary["options"]["components"], 16)
        self.assertEqual(summary["options"]["mask-exponent"], 1.5)
        self.assertEqual(summary["options"]["max-iter"], 150)
        self.assertEqual((summary["options"]["parts"], summary["options"]["method"]), (2, "merge"))
        self.assertEqual(grouping["method"], "merge")
        self.assertEqual(sorted(itertools.chain(*grouping["groups"])), list(range(16)))
        self.assertEqual(len(grouping["tree"]), 15)
        self.assertEqual([part["name"] for part in summary["parts"]], grouping["names"])
        for number, part in enumerate(summary["parts"]):
            self.assertRegex(part["file"], rf"^part-0{number}-[a-z0-9-]+\.wav$")
            self.assertRegex(part["name"], r"^[A-Za-z0-9 .]+$")
        self.assert_adds_up("out", read_wav(path)[2])

    def clicks(self, name="clicks.wav"):
        """Two noises that decay, struck at times of their own."""
        rate, seconds = 22050, 2
        values = [0.0] * (rate * seconds)
        state = 1
        for length, coarse, times in ((900, 1, (0.1, 0.5, 0.9, 1.3, 1.7)), (2500, 9, (0.3, 0.9, 1.5))):
            for time in times:
                held = 0.0
                for i in range(length):
                    if i % coarse == 0:
                        state = (1103515245 * state + 12345) % 2**31
                        held = state / 2**30 - 1
                    values[int(time * rate) + i] += 0.4 * held * 2.718 ** (-5 * i / length)
        return self.write(name, wav_bytes([(x,) for x in values], rate))

    def test_drums_are_refined_and_can_be_regrouped_without_learning_again(self):
        path = self.clicks()
        self.decompose("clicks.wav", "--parts", "2", "--format", "wav16", "-o", "out")
        grouping = self.summary("out")["grouping"]
        self.assertEqual(grouping["method"], "drums", grouping["percussive_share"])
        self.assertGreater(grouping["percussive_share"], grouping["percussive_threshold"])
        self.assert_adds_up("out", read_wav(path)[2])
        self.assertEqual(self.program("resynth", "out", "--format", "wav16", "-o", "again").returncode, 0)
        self.assertEqual([sha256(self.folder / "out" / f) for f in self.names("out")],
                         [sha256(self.folder / "again" / f) for f in self.names("again")])
        self.assertEqual(
            self.program("resynth", "out", "--format", "wav16", "--split", "0", "-o", "split").returncode, 0)
        self.assertEqual(len(self.names("split")), 3)
        self.assert_adds_up("split", read_wav(path)[2])

    def test_whatever_there_is_to_hear_becomes_drums_that_add_up(self):
        rate = 22050
        click = [0.0] * 4000
        click[1000] = 0.5
        sounds = {"silence": [0.0] * 3000, "click": click, "short": [0.1, -0.2, 0.3],
                  "quiet": [2e-40 * (n % 5) for n in range(3000)], "tone": [0.3 * (n // 50 % 2) for n in range(9000)]}
        for name, values in sounds.items():
            self.write(f"{name}.wav", wav_bytes([(x,) for x in values], rate, "float32"))
            for method in "drums", "auto":
                with self.subTest(name, method=method):
                    self.decompose(f"{name}.wav", "--parts", "3", "--method", method, "--force", "-o", "out")
                    self.assertEqual(len(self.names("out")), 3)
                    sums = [sum(column) for column in zip(*(self.values("out", f) for f in self.names("out")))]
                    for got, expected in zip(sums, values):
                        self.assertAlmostEqual(got, expected, delta=1e-6)

    def test_the_gate_can_be_overridden(self):
        self.clicks()
        self.decompose("clicks.wav", "--parts", "2", "--method", "merge", "-o", "merged")
        grouping = self.summary("merged")["grouping"]
        self.assertEqual(grouping["method"], "merge")
        self.assertGreater(grouping["percussive_share"], 0.5)
        self.decompose("clicks.wav", "--parts", "2", "--resynthesis", "factors", "-o", "raw")
        self.assertEqual(self.summary("raw")["grouping"]["method"], "merge")
        self.refused("decompose", "clicks.wav", "--parts", "2", "--method", "drums", "--resynthesis", "factors",
                     "-o", "no", says="method = drums with resynthesis = factors, expected mask")

    def test_without_parts_there_is_no_grouping(self):
        self.sound()
        self.decompose("tones.wav", "-k", "3", "--max-iter", "5", "-o", "out")
        self.assertIsNone(self.summary("out")["grouping"])
        self.assertIsNone(self.summary("out")["options"]["parts"])

    def test_names_that_are_given_win(self):
        self.sound()
        self.decompose("tones.wav", *PARTS, "--names", "Kick", "-o", "out")
        self.assertEqual(self.names("out")[0], "part-00-kick.wav")
        self.assertNotEqual(self.names("out")[1], "part-01.wav")

    def test_plain_merges_nothing(self):
        self.sound()
        self.decompose("tones.wav", "--parts", "3", "--method", "plain", "-o", "out")
        summary = self.summary("out")
        self.assertEqual(summary["options"]["components"], 3)
        self.assertEqual(summary["grouping"]["groups"], [[0], [1], [2]])
        self.assertEqual(summary["grouping"]["confidence"], [1, 1, 1])

    def test_auto_says_how_many_and_why(self):
        self.sound()
        self.decompose("tones.wav", "--parts", "auto", "-o", "out")
        summary = self.summary("out")
        curve = summary["grouping"]["suggestion_curve"]
        gains = [a - b for a, b in zip(curve, curve[1:])]
        self.assertEqual(len(curve), 9)
        wanted = max([2 + i for i, gain in enumerate(gains) if gain > 0.1], default=1)
        self.assertEqual(len(summary["parts"]), wanted)
        self.assertEqual(summary["options"]["parts"], "auto")

    def test_other_starts_losses_and_sorts_go_with_parts(self):
        self.sound()
        self.decompose("tones.wav", "-k", "5", "--max-iter", "9", "-o", "first")
        for options in (["--init", "first/factors.npz"], ["--init", "random", "--seed", "2"],
                        ["--loss", "frobenius"], ["--beta", "0.5"], ["--power", "2"],
                        ["--precision", "float64"], ["--resynthesis", "factors"],
                        ["--sort", "energy"], ["--sort", "onset"], ["--sort", "none"],
                        ["--pictures"], ["--mask-exponent", "1"]):
            with self.subTest(options=options):
                self.decompose("tones.wav", "--parts", "2", "--max-iter", "9", *options, "-o", "out",
                               "--force")
                summary = self.summary("out")
                self.assertEqual(len(summary["parts"]), 2)
                if options == ["--sort", "energy"]:
                    shares = [part["energy_share"] for part in summary["parts"]]
                    self.assertEqual(shares, sorted(shares, reverse=True))
                if options[0] == "--init" and "first" in options[1]:
                    self.assertEqual(len(summary["grouping"]["tree"]), 4)

    def test_the_command_in_the_page_does_it_again(self):
        self.sound()
        for options in (["--parts", "auto"], ["--parts", "2"], ["--parts", "2", "-k", "6"],
                        ["--parts", "2", "--method", "plain", "--mask-exponent", "1"]):
            with self.subTest(options=options):
                self.decompose("tones.wav", *options, "-o", "first", "--force")
                page = (self.folder / "first" / "report.html").read_text()
                command = re.search(r'"command":"([^"]*)"', page)[1].split()
                self.assertEqual(command[:3], ["partwise", "decompose", "tones.wav"])
                said = ["--components" if word == "-k" else word for word in options]
                self.assertEqual(sorted(command[3:]), sorted(said))
                self.decompose(*command[2:], "-o", "again", "--force")
                self.assertEqual(sha256(self.folder / "first" / "factors.npz"),
                                 sha256(self.folder / "again" / "factors.npz"))

    def test_the_command_in_the_page_keeps_names_that_a_shell_or_json_must_quote(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "-o", "start")
        (self.folder / "start" / "factors.npz").rename(self.folder / "-<a> '\\\"$x`.npz")
        for names in ('<kick>,a\\b,"x"', "it's,$(id),`id`", "-k,--mono,\u00e9 \u65e5", "--,#,a b\\n"):
            with self.subTest(names=names):
                self.decompose("tones.wav", f"--names={names}", "--init=-<a> '\\\"$x`.npz", *QUICK,
                               "-o", "first", "--force")
                page = (self.folder / "first" / "report.html").read_text()
                command = json.loads(re.search(r'"command":("(?:[^"\\]|\\.)*")', page)[1])
                typed = f'partwise() {{ "$PROGRAM" "$@" -o again --force -k 3; }}; {command}'
                subprocess.run(["sh", "-c", typed], cwd=self.folder, check=True, timeout=SECONDS_ALLOWED,
                               env={**os.environ, "PROGRAM": PROGRAM}, stdout=subprocess.DEVNULL)
                first, again = self.summary("first"), self.summary("again")
                self.assertEqual(first["options"]["names"], names)
                for name in ("names", "init"):
                    self.assertEqual(again["options"][name], first["options"][name])

    def test_silence_has_silent_parts(self):
        self.sound(level=0)
        self.program("decompose", "tones.wav", "--parts", "2", "-o", "out")
        self.assertEqual(len(self.summary("out")["parts"]), 2)

    def test_what_does_not_go_together_is_refused(self):
        self.sound()
        self.decompose("tones.wav", "-k", "2", "--max-iter", "3", "-o", "first")
        for options, says in (
                (["--parts", "0"], "--parts = 0, expected 1..256 or auto"),
                (["--parts", "257"], "--parts = 257, expected 1..256 or auto"),
                (["--parts", "few"], "--parts = few, expected 1..256 or auto"),
                (["--parts", "7", "-k", "6"], "--parts = 7, expected 1..6"),
                (["--parts", "3", "--init", "first/factors.npz"], "--parts = 3, expected 1..2"),
                (["--parts", "2", "-k", "1025"], "--components = 1025, expected 1..1024"),
                (["--parts", "2", "-k", "3", "--method", "plain"], "--parts = 2, expected 3"),
                (["--parts", "auto", "-k", "3", "--method", "plain"], "--components beside"),
                (["--parts", "2", "--method", "best"], "--method = best, expected auto, plain, merge or"),
                (["--method", "merge"], "--parts = none, expected 1..256 or auto"),
                (["--parts", "2", "--librosa"], "expected none beside --librosa"),
                (["--librosa", "--parts", "auto"], "expected none beside --librosa"),
                (["--parts", "auto", "--names", "kick"], "--names beside --parts auto"),
                (["--parts", "2", "--names", "a,b,c"], "at most 2 names")):
            with self.subTest(options=options):
                self.refused("decompose", "tones.wav", *options, "-o", "out", says=says)
                self.assertFalse((self.folder / "out").exists())


class PartsAgain(PartsTest):
    def resynth(self, *arguments):
        result = self.program("resynth", *arguments, "--input", "tones.wav", "--force")
        self.assertEqual(result.returncode, 0, result.stderr)

    def stored(self, *options):
        path = self.sound()
        self.decompose("tones.wav", *PARTS, "--format", "wav16", *options, "-o", "run")
        return read_wav(path)[2]

    def test_nothing_changed_gives_the_same_bits(self):
        for number, options in enumerate(([], ["--names", "Kick"], ["--sort", "energy"])):
            with self.subTest(options=options):
                shutil.rmtree(self.folder / "run", ignore_errors=True)
                self.stored(*options)
                self.resynth("run", "-o", f"again{number}")
                for path in (self.folder / "run").iterdir():
                    if path.suffix in (".wav", ".npz"):
                        self.assertEqual(sha256(path),
                                         sha256(self.folder / f"again{number}" / path.name))
                self.assertEqual(self.summary("run")["grouping"],
                                 self.summary(f"again{number}")["grouping"])

    def test_a_part_comes_apart_where_it_was_merged_and_all_adds_up(self):
        recording = self.stored()
        groups = self.summary("run")["grouping"]["groups"]
        large = max(range(2), key=lambda part: len(groups[part]))
        self.resynth("run", "--split", str(large), "-o", "out")
        pieces = self.summary("out")["grouping"]["groups"]
        self.assertEqual(len(pieces), 3)
        self.assertIn(groups[1 - large], pieces)
        self.assertEqual(sorted(itertools.chain(*pieces)), list(range(6)))
        self.assertEqual(len(self.summary("out")["grouping"]["names"]), 3)
        self.assert_adds_up("out", recording)
        self.resynth("run", "--split", f"{large}:{len(groups[large])}", "-o", "all")
        self.assertEqual(len(self.names("all")), len(groups[large]) + 1)
        self.assert_adds_up("all", recording)

    def test_what_a_person_merged_comes_apart_again(self):
        recording = self.stored()
        self.resynth("run", "--merge", "0+1", "-o", "one")
        self.assertEqual(len(self.names("one")), 1)
        self.assert_adds_up("one", recording)
        self.resynth("one", "--split", "0", "-o", "back")
        self.assertEqual(self.summary("back")["grouping"]["groups"],
                         self.summary("run")["grouping"]["groups"])
        self.assertEqual(self.names("back"), self.names("run"))

    def test_merging_counts_the_parts_of_the_folder_it_is_given(self):
        self.stored()
        groups = self.summary("run")["grouping"]["groups"]
        large = max(range(2), key=lambda part: len(groups[part]))
        self.resynth("run", "--split", str(large), "-o", "three")
        self.resynth("three", "--merge", "0+2", "--names", "Both", "-o", "two")
        three = self.summary("three")["grouping"]["groups"]
        self.assertIn(sorted(three[0] + three[2]), self.summary("two")["grouping"]["groups"])
        self.assertEqual(self.summary("two")["parts"][0]["name"], "Both")

    def test_splits_that_make_no_sense_are_refused(self):
        self.stored()
        for split in ("", "a", "0:", "0:1", "0:1025", "0,0", "0,", ",0", "-1", "0:2:3", "0 "):
            with self.subTest(split=split):
                self.refused("resynth", "run", f"--split={split}", says="--split = ")
        self.refused("resynth", "run", "--split", "2", says="numbers of parts of run, 0..1")
        self.refused("resynth", "run", "--merge", "0+2", says="numbers of parts of run, 0..1")
        self.refused("resynth", "run", "--merge", "0+1", "--split", "1",
                     says="expected parts that --merge does not name, unlike part 1")
        self.refused("resynth", "run", "--split", "0:9", says="of part 0, which has so many")
        self.resynth("run", "--split", "0:2,1:2", "-o", "four")
        alone = [len(g) for g in self.summary("four")["grouping"]["groups"]].index(1)
        self.refused("resynth", "four", "--split", str(alone),
                     says=f"part {alone} is one alone")
        self.decompose("tones.wav", "-k", "3", "--max-iter", "3", "-o", "plain")
        self.refused("resynth", "plain", "--split", "0", says="were not merged by --parts")

    def test_a_summary_whose_tree_is_none_is_refused(self):
        self.stored()
        path = self.folder / "run" / "summary.json"
        whole = json.loads(path.read_text())
        for change, says in ((lambda g: g["tree"].pop(), "grouping/tree is not 5 merges"),
                             (lambda g: g["tree"][1].update(g["tree"][0]), "each once"),
                             (lambda g: g["tree"][0].update(second=99), "grouping/tree"),
                             (lambda g: g["tree"][0].update(first=-1), "grouping/tree"),
                             (lambda g: g["tree"][0].pop("log_odds"), "log_odds is missing"),
                             (lambda g: g.update(tree=3), "grouping/tree"),
                             (lambda g: g.update(groups=[[0, 9]]), "component 9"),
                             (lambda g: g.update(method="best"), "expected plain, merge or drums"),
                             (lambda g: g.update(suggestion_curve="x"), "suggestion_curve")):
            damaged = json.loads(json.dumps(whole))
            change(damaged["grouping"])
            path.write_text(json.dumps(damaged))
            result = self.program("resynth", "run", "-o", "out")
            self.assertEqual(result.returncode, MALFORMED, result.stderr)
            self.assertIn(says, result.stderr.decode())


if __name__ == "__main__":
    unittest.main()
