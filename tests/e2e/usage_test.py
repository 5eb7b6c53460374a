#!/usr/bin/env python3
"""What the user gets wrong is told in one line, and nothing happens."""
import re
import shlex
import unittest

from support import CANNOT_READ, CANNOT_WRITE, MALFORMED, QUICK, USAGE, ProgramTest


class Usage(ProgramTest):
    def test_an_option_out_of_range_is_refused_with_value_and_range(self):
        cases = [
            (["-k", "0"], "--components = 0, expected 1..4096"),
            (["-k", "4097"], "--components = 4097, expected 1..4096"),
            (["-k", "1,5"], "--components = 1,5, expected 1..4096"),
            (["-k", "１２"], "--components = １２, expected 1..4096"),
            (["--n-fft", "15"], "--n-fft = 15, expected 16..1048576"),
            (["--n-fft", "1048577"], "--n-fft = 1048577, expected 16..1048576"),
            (["--hop-length", "0"], "--hop-length = 0, expected 1..n_fft"),
            (["--n-fft", "256", "--hop-length", "257"], "--hop-length = 257, expected 1..256"),
            (["--sample-rate", "999"], "--sample-rate = 999, expected 1000..1000000"),
            (["--sample-rate", "1000001"], "--sample-rate = 1000001, expected 1000..1000000"),
            (["--sample-rate", "11025.5"], "--sample-rate = 11025.5, expected 1000..1000000"),
            (["--librosa="], "--librosa takes no value"),
            (["--beta", "5"], "--beta = 5, expected -4..4"),
            (["--beta", "-4.5"], "--beta = -4.5, expected -4..4"),
            (["--tol", "1e400"], "--tol = 1e400, expected"),
            (["--mask-exponent", "1,5"], "--mask-exponent = 1,5, expected 0.1..10"),
            (["--power", "3"], "--power = 3, expected 1 or 2"),
            (["--threads", "0"], "--threads = 0, expected 1..1024"),
            (["--duration", "0"], "--duration = 0, expected more than 0"),
            (["--format", "mp3"], "--format = mp3, expected wav, wav24, wav16, flac or flac16"),
            (["--solver", "best"], "--solver = best, expected auto, fast, cd or mu"),
            (["--solver", "cd"], "--solver = cd, expected auto, fast or mu"),
            (["--precision", "half"], "--precision = half, expected float32, bf16 or float64"),
            (["--precision", "bf16"], "--precision = bf16, expected float32 or float64"),
            (["--output", ""], "--output = (empty), expected a folder's name"),
            (["--output="], "--output = (empty), expected a folder's name"),
            (["--loss", "frobenius", "--beta", "2"], "--loss and --beta"),
            (["--seed", "\x1b[31m"], "--seed = \\x1b[31m, expected 0..4294967295"),
        ]
        self.sound()
        for arguments, words in cases:
            with self.subTest(arguments=arguments):
                self.refused(USAGE, "decompose", "tones.wav", *arguments, says=[words])

    def test_the_library_s_names_are_said_as_they_are_typed(self):
        self.sound()
        for arguments, words in [
                (["-k", "600", "--init", "nndsvd"], "partwise: --components = 600, expected at most"),
                (["--offset", "5"], "partwise: --offset = 5 s, expected less than"),
                (["--duration", "1e-9"], "partwise: --duration = ")]:
            with self.subTest(arguments=arguments):
                self.refused(USAGE, "decompose", "tones.wav", *arguments, says=[words])

    def test_a_hop_longer_than_the_default_frame_is_refused(self):
        self.sound()
        self.refused(USAGE, "decompose", "tones.wav", "--hop-length", "600000",
                     says=["600000", "expected"])

    def test_an_option_that_does_not_exist_is_refused(self):
        self.sound()
        for option in ["--bogus", "--max-durations", "-x", "--out"]:
            with self.subTest(option=option):
                self.refused(USAGE, "decompose", "tones.wav", option, "3",
                             says=["unknown option " + option])

    def test_arguments_that_make_no_sentence_are_refused(self):
        cases = [
            ([], "a command is missing, expected decompose"),
            (["decompose"], "FILE is missing; see partwise decompose --help"),
            (["disassemble"], "unknown command disassemble, expected decompose"),
            (["help", "disassemble"], "unknown command disassemble, expected decompose"),
            (["help", "decompose", "more"], "unexpected argument more"),
            (["--bogus"], "unknown option --bogus; see partwise --help"),
            (["decompose", "ftp://127.0.0.1/a.wav"], "FILE = ftp://..."),
            (["decompose", ""], "FILE = (empty)"),
            (["decompose", "a.wav", "-k"], "--components needs a value"),
            (["decompose", "a.wav", "--mono=1"], "--mono takes no value"),
            (["decompose", "-", "a.wav", "-"], "decompose: - twice"),
            (["info", "-", "-"], "info: - twice"),
            (["--", "decompose", "a.wav"], "a command is missing"),
        ]
        for arguments, words in cases:
            with self.subTest(arguments=arguments):
                self.refused(USAGE, *arguments, says=[words])

    def test_a_file_that_cannot_be_read_is_an_error_of_its_own(self):
        (self.folder / "a folder").mkdir()
        for name in ["missing.wav", "a folder", "no/such/place.wav"]:
            with self.subTest(name=name):
                self.refused(CANNOT_READ, "decompose", name, says=[name])

    def test_a_start_from_a_file_that_is_not_there_is_an_error(self):
        self.sound()
        self.refused(CANNOT_READ, "decompose", "tones.wav", "--init", "no.npz", says=["no.npz"])

    def test_what_was_probably_meant_is_said(self):
        cases = [
            (["decompsoe", "a.wav"], "unknown command decompsoe; did you mean decompose?"),
            (["dec", "a.wav"], "did you mean decompose?"),
            (["decompose", "a.wav", "--componets", "3"], "did you mean --components?"),
            (["decompose", "a.wav", "--out=x"], "unknown option --out=x; did you mean --output?"),
            (["decompose", "a.wav", "--nonsense"], "unknown option --nonsense; see"),
            (["decompose", "a.wav", "--" + 50 * "mono"], "mono; see"),
        ]
        for arguments, words in cases:
            with self.subTest(arguments=arguments):
                self.refused(USAGE, *arguments, says=[words])

    def shown(self, *arguments):
        """What goes to standard output where help is asked for: it fits 80 columns."""
        result = self.program(*arguments)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        text = result.stdout.decode()
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        return text

    def test_help_and_version_go_to_standard_output(self):
        overview = self.shown("--help")
        for words in ["decompose FILE", "help [COMMAND]", "Examples", "Exit codes"]:
            self.assertIn(words, overview)
        self.assertEqual(self.shown("-h"), overview)
        self.assertEqual(self.shown("help"), overview)
        for words in ["--components", "--librosa", "Examples", "Exit codes"]:
            self.assertIn(words, self.shown("decompose", "--help"))
        version = self.shown("--version")
        self.assertRegex(version, r"\Apartwise \d+\.\d+\.\d+\n\Z")
        for command in ["decompose", "info", "resynth", "help"]:
            self.assertEqual(self.shown(command, "--version"), version)
        self.assertEqual(self.shown("help", "--help"), overview)

    def test_behind_two_dashes_stand_operands_alone(self):
        self.sound("-k")
        self.sound()
        self.decompose(*QUICK, "tones.wav", "--", "-k")
        self.assert_whole("-k.parts")
        self.assert_whole("tones.parts")
        self.decompose(*QUICK, "--force", "--", "-k")
        self.refused(USAGE, "resynth", "a.parts", "--", "--quiet", says=["another: --quiet"])

    def test_help_on_a_command_is_the_same_by_every_way(self):
        for command in re.findall(r"(?m)^  ([a-z]+) [A-Z]", self.shown("--help")):
            with self.subTest(command=command):
                text = self.shown("help", command)
                self.assertIn("Usage: partwise " + command, text)
                self.assertEqual(self.shown(command, "--help"), text)
                self.assertEqual(self.shown(command, "--bogus", "-h"), text)

    def test_every_example_is_understood(self):
        for command in re.findall(r"(?m)^  ([a-z]+) [A-Z]", self.shown("--help")):
            lines = re.findall(r"(?m)^  partwise (.+)$", self.shown("help", command))
            self.assertTrue(lines)
            for line in lines:
                with self.subTest(line=line):
                    words = shlex.split(line.partition(" < ")[0])
                    result = self.program(*words)  # nothing that it names is there
                    self.assertIn(result.returncode, [CANNOT_READ, MALFORMED], result.stderr)

    def test_a_spectrogram_is_drawn_and_nothing_is_replaced_without_being_told(self):
        self.sound()
        self.assertEqual(self.program("spectrogram", "tones.wav").returncode, 0)
        first = (self.folder / "tones.png").read_bytes()
        self.assertEqual(first[:8], b"\x89PNG\r\n\x1a\n")
        self.refused(CANNOT_WRITE, "spectrogram", "tones.wav", says=["tones.png", "--force"])
        self.refused(USAGE, "spectrogram", "tones.wav", "-o", "tones.wav", "--force", says=["--output"])
        self.refused(USAGE, "spectrogram", "tones.wav", "--force", "--min-hz", "400000", says=["max-hz"])
        self.assertEqual((self.folder / "tones.png").read_bytes(), first)
        self.assertEqual(self.program("spectrogram", "tones.wav", "--force").returncode, 0)
        self.assertEqual((self.folder / "tones.png").read_bytes(), first)

    def test_the_input_is_never_inside_the_folder_that_is_replaced(self):
        self.sound()
        self.decompose("tones.wav", "-k", "2", "--max-iter", "2", "-o", "out")
        (self.folder / "link.wav").symlink_to("out/part-00.wav")
        (self.folder / "alias").symlink_to("out")
        for name in ["out/part-00.wav", "./out/../out/mix.wav", "link.wav", "alias/mix.wav"]:
            with self.subTest(name=name):
                self.refused(USAGE, "decompose", name, "-o", "out", "--force",
                             says=["does not hold the input"])

    def test_an_existing_folder_needs_force(self):
        self.sound()
        self.decompose("tones.wav", "-k", "2", "--max-iter", "2")
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", says=["tones.parts", "--force"])
        self.decompose("tones.wav", "-k", "3", "--max-iter", "2", "--force")
        self.assert_whole("tones.parts")
        self.assertEqual(len(self.summary("tones.parts")["parts"]), 3)

    def test_a_folder_that_holds_somebody_elses_file_is_never_replaced(self):
        self.sound()
        self.decompose("tones.wav", "-k", "2", "--max-iter", "2")
        (self.folder / "tones.parts" / "notes.txt").write_text("mine")
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", "--force", says=["notes.txt"])
        (self.folder / "photos").mkdir()
        (self.folder / "photos" / "cat.jpg").write_text("mine")
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", "-o", "photos", "--force",
                     says=["photos"])

    def test_a_file_where_the_folder_should_be_stays(self):
        self.sound()
        self.write("taken", b"mine")
        self.refused(CANNOT_WRITE, "decompose", "tones.wav", "-o", "taken", "--force",
                     says=["taken"])


if __name__ == "__main__":
    unittest.main()
