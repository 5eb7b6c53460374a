#!/usr/bin/env python3
"""Several files in one call: a folder and a line each, and one exit code for all."""
import json
import signal
import subprocess
import time
import unittest

from support import CANNOT_READ, CANNOT_WRITE, MALFORMED, PROGRAM, QUICK, RESOURCE_LIMIT, USAGE, ProgramTest, sha256

FAILED_FOR_SEVERAL_REASONS = 1


class SeveralFiles(ProgramTest):
    def sounds(self, count, **how):
        names = [f"loop{i}.wav" for i in range(count)]
        for i, name in enumerate(names):
            self.sound(name, seed=i + 1, **how)
        return names

    def lines(self, text):
        return text.decode().splitlines()

    def test_each_gets_a_folder_and_a_line_in_the_order_they_were_named_in(self):
        names = self.sounds(5)
        result = self.decompose(*names, *QUICK, "--tol", "1e-9")
        lines = self.lines(result.stdout)
        self.assertEqual(len(lines), 5)
        for name, line in zip(names, lines):
            folder = name.replace(".wav", ".parts")
            self.assertRegex(line, rf"\A{name}: 3 parts in {folder}/ \(15 iterations, [0-9.]+ s\)\Z")
            self.assert_whole(folder)
            self.assertEqual(self.summary(folder)["input"]["name"], name)
        warnings = self.lines(result.stderr)
        self.assertEqual(len(warnings), 5)
        for name, line in zip(names, warnings):
            self.assertTrue(line.startswith(f"partwise: warning: {name}: not converged"), line)

    def test_options_may_stand_between_and_behind_the_files(self):
        first, second = self.sounds(2)
        self.decompose("-k", "2", first, "--max-iter", "5", second, "--no-report")
        for folder in ("loop0.parts", "loop1.parts"):
            self.assertEqual(self.summary(folder)["options"]["components"], 2)
            self.assertFalse((self.folder / folder / "report.html").exists())

    def test_they_are_the_same_bits_as_one_by_one(self):
        names = self.sounds(3, channels=2)
        self.decompose(*names, *QUICK, "--threads", "2", "-o", "together")
        self.assertEqual({p.name for p in (self.folder / "together").iterdir()},
                         {"loop0.parts", "loop1.parts", "loop2.parts"})
        for name in names:
            folder = name.replace(".wav", ".parts")
            self.decompose(name, *QUICK, "--threads", "2")
            for path in (self.folder / folder).iterdir():
                if path.name not in ("summary.json", "report.html"):  # they hold seconds
                    self.assertEqual(sha256(path), sha256(self.folder / "together" / folder /
                                                          path.name), path)

    def test_one_too_large_to_run_beside_others_runs_after_them(self):
        self.sound("short.wav", seconds=0.2)
        self.sound("long.wav", seconds=20, rate=48000)
        run = ["-k", "2", "--max-iter", "2", "--tol", "0", "--no-report", "--threads", "2"]
        result = self.decompose("long.wav", "short.wav", *run, "--max-memory", "60")
        self.assertEqual([line.split(b":")[0] for line in result.stdout.splitlines()],
                         [b"short.wav", b"long.wav"])
        for folder, threads in [("short.parts", 1), ("long.parts", 2)]:
            options = self.summary(folder)["options"]
            self.assertEqual((options["threads"], options["max-memory"]), (threads, 60))
        result = self.program("decompose", "long.wav", "short.wav", *run, "--max-memory", "30",
                              "--force")
        self.assertEqual(result.returncode, RESOURCE_LIMIT)
        self.assertEqual(len(result.stdout.splitlines()), 1)

    def test_progress_never_falls_and_ends_with_the_last_file(self):
        self.sound("short.wav", seconds=0.2)
        self.sound("long.wav", seconds=20, rate=48000)  # too large to run beside the other
        result = self.decompose("long.wav", "short.wav", "-k", "2", "--max-iter", "2", "--tol", "0",
                                "--threads", "2", "--max-memory", "60", "--json-progress")
        told = [json.loads(line) for line in result.stderr.decode().splitlines()
                if line.startswith("{")]
        shares = [line["share"] for line in told]
        self.assertEqual(shares, sorted(shares))
        self.assertGreater(shares.count(1), 0)
        self.assertTrue(all(line["stage"] == "report" for line in told if line["share"] == 1), told)
        self.assertEqual(shares[:-1].count(1), 0, told)

    def test_the_output_folder_holds_a_folder_each_and_is_the_folder_of_a_single_file(self):
        names = self.sounds(2)
        (self.folder / "there").mkdir()
        for out in ("there", "new", "new/below"):
            self.decompose(*names, *QUICK, "--no-report", "-o", out)
            self.assert_whole(f"{out}/loop0.parts")
            self.assert_whole(f"{out}/loop1.parts")
        self.decompose(names[0], *QUICK, "--no-report", "-o", "single")
        self.assert_whole("single")

    def test_json_is_one_object_a_line(self):
        names = self.sounds(3)
        self.write("noise.wav", b"this is no sound")
        result = self.program("decompose", names[0], "noise.wav", *names[1:], *QUICK, "--json")
        self.assertEqual(result.returncode, MALFORMED)
        objects = [json.loads(line) for line in self.lines(result.stdout)]
        self.assertEqual([o["input"]["name"] for o in objects],
                         ["loop0.wav", "noise.wav", "loop1.wav", "loop2.wav"])
        self.assertEqual(objects[0], self.summary("loop0.parts"))
        self.assertEqual(objects[1]["error"]["code"], MALFORMED)
        self.assertIn("noise.wav", objects[1]["error"]["message"])

    def test_quiet_says_nothing_but_warnings_and_errors(self):
        names = self.sounds(2)
        result = self.program("decompose", *names, "-k", "2", "--max-iter", "3", "--tol", "0",
                              "--quiet")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))

    def test_the_rest_goes_on_when_one_fails(self):
        names = self.sounds(3)
        before = self.tree()
        result = self.program("decompose", names[0], "missing.wav", *names[1:], "--max-iter", "3",
                              "--tol", "0")
        self.assertEqual(result.returncode, CANNOT_READ)
        self.assertEqual(len(self.lines(result.stdout)), 3)
        errors = self.lines(result.stderr)
        self.assertEqual(len(errors), 2)
        self.assertRegex(errors[0], r"\Apartwise: .*missing\.wav")
        self.assertEqual(errors[1], "partwise: 1 of 4 files could not be taken apart")
        for i in range(3):
            self.assert_whole(f"loop{i}.parts")
        self.assertEqual({name.split("/")[0] for name in set(self.tree()) - set(before)},
                         {"loop0.parts", "loop1.parts", "loop2.parts"})

    def test_an_option_that_does_not_suit_a_file_is_told_with_both_names(self):
        for name in ["a.wav", "b.wav"]:
            self.sound(name, seconds=0.1)
        run = ["decompose", "a.wav", "b.wav", "--init", "nndsvd", "-k", "600"]
        for more in [[], ["--estimate"]]:
            with self.subTest(more=more):
                result = self.program(*run, *more)
                self.assertEqual(result.returncode, USAGE)
                said = result.stderr.decode()
                for name in ["a.wav", "b.wav"]:
                    self.assertIn(f"partwise: {name}: --components = 600, expected at most", said)

    def test_an_input_is_named_once_in_what_is_told_of_it(self):
        self.sound("a.wav")
        (self.folder / "empty.wav").touch()
        inputs = ["-", "empty.wav", "http://127.0.0.1:1/b.wav", "a.wav"]
        for command in [["info"], ["decompose", *QUICK]]:
            said = self.program(*command, *inputs).stderr.decode()
            for line in [r"standard input: [^:\n]+", r"empty.wav: [^:\n]+",
                         r"http://127.0.0.1:1/b.wav: [^:\n]+|addresses are [^:\n]+"]:
                self.assertRegex(said, rf"(?m)^partwise: ({line})$")

    def test_the_exit_code_is_that_of_the_failures_where_they_share_it(self):
        (name,) = self.sounds(1)
        self.write("text.wav", b"no sound")
        self.write("more.wav", b"none here either")
        self.write("taken.wav", self.folder.joinpath(name).read_bytes())
        self.write("taken.parts", b"mine")
        cases = [(["text.wav", name, "more.wav"], MALFORMED),
                 (["missing.wav", "gone.wav"], CANNOT_READ),
                 (["taken.wav", name], CANNOT_WRITE),
                 (["text.wav", "missing.wav", name], FAILED_FOR_SEVERAL_REASONS)]
        for files, code in cases:
            with self.subTest(files=files):
                result = self.program("decompose", *files, *QUICK, "--no-report", "--force")
                self.assertEqual(result.returncode, code, result.stderr)

    def test_no_password_of_an_address_is_shown(self):
        (name,) = self.sounds(1)
        address = "http://me:secret@127.0.0.1:1/song.wav?key=secret"  # where nobody listens
        for options in ([], ["--json"]):
            result = self.program("decompose", address, name, *QUICK, "--force", *options)
            self.assertNotEqual(result.returncode, 0)
            self.assertNotIn(b"secret", result.stdout + result.stderr)
            self.assertIn(b"song", result.stderr)
        self.refused(USAGE, "decompose", address, "song.flac", says=["song.parts"])

    def test_where_all_fail_no_folder_is_left(self):
        self.write("text.wav", b"no sound")
        before = self.tree()
        result = self.program("decompose", "text.wav", "missing.wav", "-o", "out")
        self.assertEqual(result.returncode, FAILED_FOR_SEVERAL_REASONS)
        self.assertEqual(self.tree(), before)

    def test_two_that_would_be_written_into_one_folder_are_refused_before_any_work(self):
        self.sound("a.wav")
        (self.folder / "b").mkdir()
        self.sound("b/a.wav", seed=2)
        self.refused(USAGE, "decompose", "a.wav", "b/a.wav",
                     says=["FILE = b/a.wav", "a.parts", "as a.wav is"])
        self.refused(USAGE, "decompose", "a.wav", "b/a.flac", "-o", "out", says=["a.parts"])

    def test_no_input_lies_in_a_folder_that_another_replaces(self):
        self.sound("a.wav")
        self.decompose("a.wav", *QUICK)
        self.refused(USAGE, "decompose", "a.wav", "a.parts/part-00.wav", "--force",
                     says=["does not hold the input", "part-00.wav"])

    def test_an_output_folder_that_cannot_be_is_refused(self):
        names = self.sounds(2)
        self.write("taken", b"mine")
        for out in ("taken", "no/such/place"):
            with self.subTest(out=out):
                self.refused(CANNOT_WRITE, "decompose", *names, "-o", out, says=[out])

    def test_a_signal_stops_all_and_leaves_nothing_half_written(self):
        names = self.sounds(6, seconds=4)
        process = subprocess.Popen(
            [PROGRAM, "decompose", *names, "-k", "4", "--tol", "0", "--max-iter", "100000"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1)  # the workers are at work, and far from the end
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 128 + signal.SIGINT)
        self.assertEqual(out, b"")
        self.assertRegex(err.decode(), r"partwise: stopped: 0 of 6 files were taken apart\n\Z")
        self.assertEqual({p.name for p in self.folder.iterdir()}, set(names))

    def test_lines_come_while_others_are_at_work(self):
        short, long = "short.wav", "long.wav"
        self.sound(short, seconds=0.2)
        self.sound(long, seconds=3)
        process = subprocess.Popen(
            [PROGRAM, "decompose", short, long, "--tol", "0", "--max-iter", "20000", "--n-fft",
             "64", "--threads", "1"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            line = process.stdout.readline()
            self.assertTrue(line.startswith(b"short.wav: "), line)
            self.assertIsNone(process.poll())
        finally:
            process.kill()
            process.communicate()


if __name__ == "__main__":
    unittest.main()
