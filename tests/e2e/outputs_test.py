#!/usr/bin/env python3
"""What a run leaves behind: files, sums, the summary."""
import json
import math
import resource
import struct
import unittest
import zipfile

from support import QUICK, SOURCE, ProgramTest, decode, read_wav, sha256, wav_bytes


def half_ulp(value):
    """Half the distance between floats (32 bit) at `value`."""
    bits = struct.unpack("<I", struct.pack("<f", abs(value)))[0]
    upper = struct.unpack("<f", struct.pack("<I", bits + 1))[0]
    return (upper - abs(value)) / 2 if bits < 0x7F7FFFFF else math.inf


class Outputs(ProgramTest):
    def assert_same_values(self, got, expected):
        """assertEqual would spend minutes on showing how two long lists differ."""
        self.assertEqual(len(got), len(expected))
        wrong = [i for i, (a, b) in enumerate(zip(got, expected)) if a != b]
        if wrong:
            at = wrong[0]
            self.fail(f"{len(wrong)} of {len(got)} values differ, the first at {at}: "
                      f"{got[at]!r}, expected {expected[at]!r}")

    def part_files(self, folder, extension="wav"):
        return sorted((self.folder / folder).glob(f"part-*.{extension}"))

    def sums(self, folder, read, extension="wav"):
        """For each value: the sum of the parts, and the residual."""
        parts = [read(path)[2] for path in self.part_files(folder, extension)]
        residual = read(self.folder / folder / f"residual.{extension}")[2]
        for values in parts:
            self.assertEqual(len(values), len(residual))
        return [math.fsum(column) for column in zip(*parts)], residual

    def test_the_folder_holds_the_files_of_the_manual_and_no_other(self):
        self.sound()
        self.decompose("tones.wav", *QUICK)
        names = {path.name for path in (self.folder / "tones.parts").iterdir()}
        self.assertEqual(names, {"part-00.wav", "part-01.wav", "part-02.wav", "mix.wav",
                                 "residual.wav", "factors.npz", "summary.json", "report.html",
                                 "events.csv", "events.mid", "events.jams"})
        self.assertEqual({p.name for p in self.folder.iterdir()}, {"tones.wav", "tones.parts"})
        self.assert_whole("tones.parts")

    def test_the_folder_lies_in_the_current_directory_wherever_the_input_lies(self):
        (self.folder / "here").mkdir()
        self.sound()
        self.decompose("../tones.wav", *QUICK, cwd=self.folder / "here")
        self.assertTrue((self.folder / "here" / "tones.parts" / "mix.wav").is_file())
        self.assertFalse((self.folder / "tones.parts").exists())

    def test_pictures_are_files_of_the_run_and_the_same_bytes_again(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--pictures", "--no-report", "--names", "low,mid,high")
        found = {}
        for name in ("spectrogram.png", "spectra.png", "activations.png"):
            found[name] = (self.folder / "tones.parts" / name).read_bytes()
            self.assertEqual(b"\x89PNG\r\n\x1a\n", found[name][:8])
            width, height = struct.unpack(">II", found[name][16:24])
            self.assertEqual(1200, width)
            self.assertGreater(height, 3 * 100)
        self.assert_whole("tones.parts")
        self.decompose("tones.wav", *QUICK, "--pictures", "--names", "low,mid,high", "--force", "--threads", "1")
        for name, picture in found.items():
            self.assertEqual(picture, (self.folder / "tones.parts" / name).read_bytes(), name)

    def test_no_report_means_no_report(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--no-report")
        self.assertFalse((self.folder / "tones.parts" / "report.html").exists())
        self.assert_whole("tones.parts")

    def test_more_than_a_hundred_parts_get_three_digits(self):
        self.sound(seconds=0.1)
        self.decompose("tones.wav", "-k", "101", "--init", "random", "--max-iter", "1",
                       "--n-fft", "64", "--no-report")
        names = [path.name for path in self.part_files("tones.parts")]
        self.assertEqual((names[0], names[-1], len(names)), ("part-000.wav", "part-100.wav", 101))

    def test_more_parts_than_the_usual_limit_of_open_files_work(self):
        self.sound(seconds=0.1)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
        try:
            self.decompose("tones.wav", "-k", "101", "--init", "random", "--max-iter", "1",
                           "--n-fft", "64", "--no-report")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.assertEqual(len(self.part_files("tones.parts")), 101)

    def test_integer_parts_and_residual_add_up_to_the_input_exactly(self):
        for form, option in [("int16", "wav16"), ("int24", "wav24"), ("int16", "wav24")]:
            for channels in (1, 2):
                with self.subTest(form=form, option=option, channels=channels):
                    name = f"{form}-{option}-{channels}.wav"
                    path = self.sound(name, form=form, channels=channels, seed=channels)
                    out = name + ".out"
                    self.decompose(name, *QUICK, "--format", option, "-o", out, "--no-report")
                    step = 256 if (form, option) == ("int16", "wav24") else 1
                    sums, residual = self.sums(out, read_wav)
                    expected = [value * step for value in read_wav(path)[2]]
                    self.assert_same_values([s + r for s, r in zip(sums, residual)], expected)
                    self.assertTrue(any(sums))

    def test_flac_parts_and_residual_add_up_to_the_input_exactly(self):
        for channels in (1, 2):
            with self.subTest(channels=channels):
                path = self.sound("tones.wav", channels=channels)
                out = f"flac{channels}"
                self.decompose("tones.wav", *QUICK, "--format", "flac", "-o", out)
                sums, residual = self.sums(out, decode, "flac")
                expected = [value / 32768 for value in read_wav(path)[2]]
                self.assert_same_values([s + r for s, r in zip(sums, residual)], expected)
                self.assertEqual((self.folder / out / "part-00.flac").read_bytes()[:4], b"fLaC")
                self.assert_whole(out)

    def test_float_parts_and_residual_add_up_to_half_an_ulp_of_the_residual(self):
        for form in ("int16", "float32"):
            for channels in (1, 2):
                with self.subTest(form=form, channels=channels):
                    path = self.sound("tones.wav", form=form, channels=channels)
                    out = f"{form}{channels}"
                    self.decompose("tones.wav", *QUICK, "-o", out, "--no-report")
                    sums, residual = self.sums(out, read_wav)
                    scale = 32768 if form == "int16" else 1
                    expected = [value / scale for value in read_wav(path)[2]]
                    for s, r, x in zip(sums, residual, expected):
                        self.assertLessEqual(abs(s + r - x), half_ulp(r))
                    if form == "int16":
                        self.assert_same_values(
                            [round((s + r) * scale) for s, r in zip(sums, residual)],
                            [round(x * scale) for x in expected])

    def test_raw_factors_and_their_residual_add_up_too(self):
        path = self.sound(form="int16")
        self.decompose("tones.wav", *QUICK, "--resynthesis", "factors", "--format", "wav16")
        sums, residual = self.sums("tones.parts", read_wav)
        self.assert_same_values([s + r for s, r in zip(sums, residual)], read_wav(path)[2])
        self.assertGreater(max(map(abs, residual)), 10)  # raw factors leave something over

    def test_the_analysed_signal_is_written_only_where_it_differs_from_the_file(self):
        self.sound(channels=2, seconds=0.5)
        cases = [([], False, 4000, 2, 8000), (["--mono"], True, 4000, 1, 8000),
                 (["--offset", "0.25"], True, 2000, 2, 8000),
                 (["--duration", "0.125"], True, 1000, 2, 8000),
                 (["--sample-rate", "16000"], True, 8000, 2, 16000),
                 (["--sample-rate", "8000"], False, 4000, 2, 8000)]
        for number, (options, written, samples, channels, rate) in enumerate(cases):
            with self.subTest(options=options):
                out = f"out{number}"
                self.decompose("tones.wav", *QUICK, *options, "-o", out, "--no-report")
                path = self.folder / out / "input.wav"
                self.assertEqual(path.exists(), written)
                analysed = self.summary(out)["analysed"]
                self.assertEqual((analysed["samples"], analysed["channels"], analysed["rate"]),
                                 (samples, channels, rate))
                for file in [*self.part_files(out), *([path] if written else [])]:
                    got_rate, got_channels, values = read_wav(file)
                    self.assertEqual((got_rate, got_channels, len(values)),
                                     (rate, channels, samples * channels), file.name)
                self.assert_whole(out)

    def test_offset_and_duration_cut_where_they_say(self):
        path = self.sound()
        self.decompose("tones.wav", *QUICK, "--offset", "0.125", "--duration", "0.25", "--format",
                       "wav16")
        self.assert_same_values(read_wav(self.folder / "tones.parts" / "input.wav")[2],
                                read_wav(path)[2][1000:3000])

    def test_the_mix_is_the_sum_of_the_parts(self):
        self.sound(form="int16")
        self.decompose("tones.wav", *QUICK, "--format", "wav24")
        sums, _ = self.sums("tones.parts", read_wav)
        mix = read_wav(self.folder / "tones.parts" / "mix.wav")[2]
        self.assert_same_values(mix, sums)

    def test_clipped_samples_are_counted_and_told(self):
        frames = [[0.99 * (1 if (i // 50) % 2 else -1)] for i in range(4000)]
        self.write("square.wav", wav_bytes(frames, 8000, "float32"))
        result = self.decompose("square.wav", "-k", "2", "--max-iter", "5", "--resynthesis",
                                "factors", "--format", "wav16", "--no-report")
        peaks = [max(map(abs, read_wav(p)[2])) for p in self.part_files("square.parts")]
        clipped = any(peak >= 32767 for peak in peaks)
        told = any("clip" in warning for warning in self.summary("square.parts")["warnings"])
        self.assertEqual(clipped, told, (peaks, result.stderr))

    def test_the_summary_says_what_was_done(self):
        path = self.sound(channels=2)
        self.decompose("tones.wav", *QUICK, "--seed", "7", "--tol", "0")
        summary = self.summary("tones.parts")
        self.assertEqual(
            set(summary),
            {"schema_version", "program", "input", "analysed", "options", "factorization",
             "resynth", "grouping", "residual_db", "model_residual_db", "parts", "seconds", "warnings",
             "files"})
        self.assertEqual(summary["program"]["name"], "partwise")
        self.assertEqual(summary["input"]["name"], "tones.wav")
        self.assertEqual(summary["input"]["sha256"], sha256(path))
        self.assertEqual(summary["input"]["channels"], 2)
        self.assertEqual(summary["input"]["rate"], 8000)
        self.assertAlmostEqual(summary["input"]["seconds"], 0.5)
        factorization = summary["factorization"]
        self.assertEqual(factorization["iterations"], 15)
        self.assertEqual(factorization["stop_reason"], "max_iterations")
        self.assertEqual(factorization["seed"], 7)
        self.assertLess(factorization["objective_last"], factorization["objective_first"])
        self.assertAlmostEqual(factorization["reconstruction_error"],
                               math.sqrt(2 * factorization["objective_last"]))
        self.assertAlmostEqual(sum(part["energy_share"] for part in summary["parts"]), 1, 5)
        seconds = summary["seconds"]
        self.assertEqual(set(seconds), {"decode", "transform", "factorize", "separate", "events", "write",
                                        "report", "total"})
        self.assertGreaterEqual(seconds["total"] + 1e-3,
                                sum(v for k, v in seconds.items() if k != "total"))

    def test_the_summary_shows_every_option_in_force(self):
        self.sound()
        help_text = self.program("decompose", "--help").stdout.decode()
        self.decompose("tones.wav", *QUICK, "--threads", "2")
        options = {name.replace("_", "-"): value
                   for name, value in self.summary("tones.parts")["options"].items()}
        for name in options:
            self.assertIn(f"--{name}", help_text)
        self.assertEqual(options["components"], 3)
        self.assertEqual(options["max-iter"], 15)
        self.assertEqual(options["threads"], 2)
        self.assertEqual(options["n-fft"], 1024)  # 2^round(log2(2048 * 8000 / 22050))
        self.assertEqual(options["hop-length"], options["n-fft"] / 4)
        self.assertEqual(options["solver"], "fast")
        self.assertEqual(options["output"], "tones.parts")

    def test_bf16_runs_on_every_processor_and_says_where_it_did_not(self):
        self.sound()
        arguments = ["--loss", "frobenius", *QUICK, "--no-report"]
        self.decompose("tones.wav", *arguments, "-o", "plain")
        self.decompose("tones.wav", *arguments, "--precision", "bf16", "-o", "bf16")
        plain, bf16 = self.summary("plain"), self.summary("bf16")
        warned = [text for text in bf16["warnings"] if "no tiles for bf16" in text]
        if bf16["options"]["precision"] == "bf16":
            self.assertEqual(warned, [])
            self.assertGreater(bf16["factorization"]["bf16_iterations"], 0)
        else:
            self.assertEqual(len(warned), 1)
            self.assertEqual(bf16["options"]["precision"], "float32")
            self.assertEqual(bf16["factorization"], plain["factorization"])

    def test_silence_gives_null_where_a_number_is_not_defined(self):
        self.write("silence.wav", wav_bytes([[0.0]] * 4000))
        self.decompose("silence.wav", *QUICK)
        summary = self.summary("silence.parts")
        self.assertEqual(summary["factorization"]["stop_reason"], "silent_input")
        self.assertIsNone(summary["residual_db"])
        self.assertIsNone(summary["parts"][0]["peak_hz"])

    def test_factors_open_as_numpy_arrays_of_the_right_shape(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--no-report")
        shapes = {}
        with zipfile.ZipFile(self.folder / "tones.parts" / "factors.npz") as npz:
            self.assertIsNone(npz.testzip())
            for member in npz.namelist():
                data = npz.read(member)
                self.assertEqual(data[:6], b"\x93NUMPY")
                header = data[10:10 + struct.unpack_from("<H", data, 8)[0]].decode()
                self.assertIn("'fortran_order': False", header)
                shapes[member[:-4]] = header.split("'shape': ")[1].split("}")[0].strip().rstrip(",")
        bins, frames = 513, 1 + 4000 // 256
        self.assertEqual(shapes["W"], f"({bins}, 3)")
        self.assertEqual(shapes["H"], f"(3, {frames})")
        self.assertEqual(shapes["frequencies_hz"], f"({bins},)")
        self.assertEqual(shapes["times_s"], f"({frames},)")
        summary = json.loads((self.folder / "tones.parts" / "summary.json").read_text())
        iterations = summary["factorization"]["iterations"]
        self.assertEqual(shapes["objective"], f"({iterations + 1},)")
        for scalar in ("sample_rate_hz", "n_fft", "hop_length"):
            self.assertEqual(shapes[scalar], "()")

    def test_a_run_can_start_from_the_factors_of_another(self):
        self.sound()
        self.decompose("tones.wav", *QUICK, "--tol", "0")
        self.decompose("tones.wav", "--init", "tones.parts/factors.npz", "--max-iter", "5", "--tol",
                       "0", "-o", "more")
        first, more = self.summary("tones.parts"), self.summary("more")
        self.assertEqual(len(more["parts"]), 3)
        self.assertAlmostEqual(more["factorization"]["objective_first"],
                               first["factorization"]["objective_last"],
                               delta=1e-3 * first["factorization"]["objective_last"])
        self.assertLess(more["factorization"]["objective_last"],
                        more["factorization"]["objective_first"])

    def test_json_prints_the_summary_and_nothing_else(self):
        self.sound()
        result = self.decompose("tones.wav", *QUICK, "--json")
        printed = json.loads(result.stdout)
        self.assertEqual(printed, self.summary("tones.parts"))
        self.assertEqual(result.stderr.decode(),
                         "".join(f"partwise: warning: {text}\n" for text in printed["warnings"]))

    def test_the_notebook_preset_gives_the_notebooks_numbers(self):
        sound = SOURCE / "tests" / "data" / "tabla.wav"
        self.decompose(sound, "--librosa", "-o", "tabla")
        summary = self.summary("tabla")
        self.assertEqual(summary["factorization"]["iterations"], 200)
        self.assertAlmostEqual(summary["factorization"]["reconstruction_error"], 212.3739,
                               delta=1e-3)
        bin_hz = 22050 / 2048
        self.assertEqual([round(part["peak_hz"] / bin_hz) for part in summary["parts"]],
                         [9, 10, 11, 13, 28, 72])
        self.assertAlmostEqual(summary["residual_db"], -17.5239, delta=1e-3)
        self.assertEqual(summary["analysed"]["rate"], 22050)

    def test_an_option_beside_the_preset_wins(self):
        sound = SOURCE / "tests" / "data" / "tabla.wav"
        self.decompose(sound, "--max-iter", "3", "--librosa", "-o", "tabla", "--no-report")
        summary = self.summary("tabla")
        self.assertEqual(summary["factorization"]["iterations"], 3)
        self.assertEqual(summary["options"].get("n-fft", summary["options"].get("n_fft")), 2048)


if __name__ == "__main__":
    unittest.main()
