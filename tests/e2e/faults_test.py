#!/usr/bin/env python3
"""Killed, interrupted, without space, without permission: whole or not at all."""
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from support import CANNOT_WRITE, PROGRAM, RESOURCE_LIMIT, SECONDS_ALLOWED, ProgramTest

LONG = ["-k", "4", "--max-iter", "1000000", "--tol", "0"]  # never ends by itself
SOME = ["-k", "4", "--max-iter", "30"]
NOT_SANITIZED = unittest.skipIf("PARTWISE_SANITIZED" in os.environ,
                                "a sanitizer takes address space by the terabyte")


class Faults(ProgramTest):
    def start(self, *arguments):
        return subprocess.Popen([PROGRAM, "decompose", *arguments], cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def staging_folders(self):
        return [path.name for path in self.folder.iterdir() if path.name.startswith(".")]

    def kill_at_random_moments(self, arguments, check):
        seed = int(os.environ.get("PARTWISE_TEST_SEED", random.randrange(10**9)))
        print(f"PARTWISE_TEST_SEED={seed}")
        moments = random.Random(seed)
        begin = time.monotonic()
        self.decompose(*arguments)
        usual = time.monotonic() - begin
        killed = 0
        for _ in range(20):
            process = self.start(*arguments)
            time.sleep(moments.uniform(0, 1.05 * usual))
            process.kill()
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            check()
        self.assertGreater(killed, 0)

    def test_killed_it_leaves_nothing_or_a_whole_folder_and_the_next_run_cleans_up(self):
        self.sound(seconds=4, rate=22050, channels=2)

        def check():
            if (self.folder / "tones.parts").exists():
                self.assert_whole("tones.parts")
                for path in (self.folder / "tones.parts").iterdir():
                    path.unlink()
                (self.folder / "tones.parts").rmdir()

        self.kill_at_random_moments(["tones.wav", *SOME, "--force"], check)
        self.decompose("tones.wav", *SOME, "--force")
        self.assertEqual(self.staging_folders(), [])
        self.assert_whole("tones.parts")

    def test_killed_while_replacing_it_leaves_the_old_or_the_new_folder(self):
        self.sound(seconds=4, rate=22050)
        self.decompose("tones.wav", *SOME)
        self.kill_at_random_moments(["tones.wav", *SOME, "--force"],
                                    lambda: self.assert_whole("tones.parts"))
        self.decompose("tones.wav", *SOME, "--force")
        self.assertEqual(self.staging_folders(), [])

    def test_a_signal_stops_it_with_its_code_one_line_and_nothing_left(self):
        self.sound(seconds=4, rate=22050)
        before = self.tree()
        for number, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
            for wait in (0.3, 0.8):
                with self.subTest(signal=number, wait=wait):
                    process = self.start("tones.wav", *LONG)
                    time.sleep(wait)
                    process.send_signal(number)
                    out, err = process.communicate(timeout=SECONDS_ALLOWED)
                    self.assertEqual(process.returncode, code, err)
                    self.assertEqual(out, b"")
                    self.assertEqual(err, b"partwise: stopped\n")
                    self.assertEqual(self.tree(), before)

    def test_a_stopped_run_leaves_the_older_folder_alone(self):
        self.sound(seconds=2, rate=22050)
        self.decompose("tones.wav", *SOME)
        before = self.tree()
        process = self.start("tones.wav", *LONG, "--force")
        time.sleep(0.4)
        process.terminate()
        process.communicate(timeout=SECONDS_ALLOWED)
        self.assertEqual(process.returncode, 143)
        self.assertEqual(self.tree(), before)

    def mounted(self, options):
        """A small file system of its own; the test is skipped where mounting is not allowed."""
        place = self.folder / "mounted"
        place.mkdir()
        result = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place],
                                capture_output=True, check=False)
        if result.returncode != 0:
            self.skipTest(f"mount is not allowed here: {result.stderr.decode().strip()}")
        self.addCleanup(subprocess.run, ["umount", "-l", place], check=False)
        return place

    def test_a_full_disk_is_an_error_that_leaves_the_older_folder_and_nothing_else(self):
        place = self.mounted("size=2m")
        self.sound(seconds=0.5)
        self.decompose("tones.wav", "-k", "2", "--max-iter", "3", "--no-report", "-o",
                       "mounted/out")
        self.sound("long.wav", seconds=12, rate=22050)
        self.sound("medium.wav", seconds=3, rate=22050)
        before = self.tree(place)
        cases = {
            "seen before the first byte": ["long.wav"],
            "met by an encoder": ["long.wav", "--format", "flac"],
            "met by the report, all parts being there": ["medium.wav"],
        }
        for name, arguments in cases.items():
            for target in ("mounted/out", "mounted/other"):
                with self.subTest(name=name, target=target):
                    result = self.program("decompose", *arguments, "-k", "4", "--max-iter", "3",
                                          "--force", "-o", target)
                    self.assertEqual(result.returncode, CANNOT_WRITE, result.stderr)
                    self.assertRegex(result.stderr.decode(),
                                     r"\Apartwise: [^\n]*(space left|free)[^\n]*\n\Z")
                    self.assertEqual(self.tree(place), before)

    def test_a_folder_that_cannot_be_written_is_an_error_before_any_work(self):
        self.mounted("ro,size=1m")
        self.sound()
        begin = time.monotonic()
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", *LONG, "-o", "mounted/out",
                     says=["mounted"])
        self.assertLess(time.monotonic() - begin, SECONDS_ALLOWED / 2)  # LONG was not begun
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", "-o", "no/such/folder/out")

    def with_memory(self, limit):
        """For subprocess: at most so many bytes of address space."""
        return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))}

    @NOT_SANITIZED
    def test_out_of_memory_is_an_error_that_says_what_was_being_done(self):
        self.sound(seconds=3, rate=22050)
        self.refused(RESOURCE_LIMIT, "decompose", "tones.wav", "--n-fft", "4096", "--hop-length",
                     "2", "--init", "random", "--max-iter", "1", "--threads", "2",
                     "--max-memory", "100000",  # or the estimate would refuse it before
                     says=["not enough memory while transforming"],
                     **self.with_memory(200 << 20))  # the spectrogram alone takes 270 MB

    @NOT_SANITIZED
    def test_where_the_system_gives_few_threads_it_works_with_those_or_says_so(self):
        self.sound()
        result = self.program("decompose", "tones.wav", *SOME, "--threads", "1024",
                              **self.with_memory(1 << 30))  # about a hundred stacks of 8 MB
        self.assertIn(result.returncode, (0, RESOURCE_LIMIT), result.stderr)

    def test_two_runs_into_one_folder_leave_a_whole_one(self):
        self.sound(seconds=1, rate=22050)
        runs = [self.start("tones.wav", *SOME, "--force", "--seed", str(n)) for n in range(4)]
        for process in runs:
            _, err = process.communicate(timeout=SECONDS_ALLOWED)
            self.assertIn(process.returncode, (0, CANNOT_WRITE), err)
        self.assertIn(0, [process.returncode for process in runs])
        self.assert_whole("tones.parts")
        self.assertEqual(self.staging_folders(), [])


if __name__ == "__main__":
    unittest.main()
