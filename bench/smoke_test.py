"""The benchmarks run, on a second of sound, and their tables hold what they promise. Nothing looks at a time."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ["PARTWISE_BUILD"]
DRIVER = f"{BUILD}/bench/partwise_bench_factorize"


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def write_item(folder, number):
    """Two tones of their own, one after the other and together, and their sum."""
    import wave

    import numpy as np

    t = np.arange(8000) / 8000
    tones = [
        np.sin(2 * np.pi * hz * t * (1 + number / 10)) * gate
        for hz, gate in ((300, (t < 0.6) + 0.0), (1700, (t > 0.4) + 0.0))
    ]
    for name, sound in [("stems/low", tones[0]), ("stems/high", tones[1]), ("mix", tones[0] + tones[1])]:
        with wave.open(f"{folder}/{name}.wav", "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes((sound * 10000).astype("<i2").tobytes())


class Smoke(unittest.TestCase):
    def test_kernels_are_measured_against_peaks_of_the_same_run(self):
        with tempfile.TemporaryDirectory() as folder:
            table = run(f"{BUILD}/bench/partwise_bench_kernels", "--smoke", "--json", f"{folder}/kernels.json")
            with open(f"{folder}/kernels.json") as file:
                found = json.load(file)
        self.assertIn("GFLOP/s FP32", table)
        self.assertGreater(found["limits"]["gflops"], 0)
        self.assertEqual(["L1", "L2", "L3", "memory"], [read["level"] for read in found["limits"]["reads"]])
        for row in found["kernels"]:
            self.assertGreater(row["gflops"], 0, row["name"])
        self.assertEqual({"Frobenius cd", "KL mu", "IS mu"}, {row["name"] for row in found["iterations"]})

    def test_factorization_reaches_the_peers_objective_and_a_stopped_run_goes_on(self):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                sys.executable,
                f"{HERE}/factorization.py",
                "--driver",
                DRIVER,
                "--smoke",
                "--any-blas",
                "--out",
                folder,
            ]
            run(*command)
            with open(f"{folder}/factorization.jsonl") as file:
                lines = [json.loads(line) for line in file]
            self.assertEqual("", run(*command))
            table = run(sys.executable, f"{HERE}/results.py", "--driver", DRIVER, "--out", folder)
        plain = [line for line in lines if line["kind"] == "ours" and line["solver"] != "fast"]
        self.assertEqual(["Frobenius", "KL", "IS"], [line["loss"] for line in plain])
        for line in plain:
            self.assertTrue(line["reached"], line)
            # Sums in float of a few ten thousand cells against sums in double.
            self.assertAlmostEqual(1, line["recorded"] / line["objective"], delta=1e-5)
        for line in lines:
            if line["kind"] == "threads":
                self.assertTrue(line["same_bits"], line)
        self.assertEqual(3, sum(row.startswith("| smoke |") for row in table.splitlines()))

    def test_both_sides_begin_with_the_same_factors(self):
        sys.path.insert(0, HERE)
        import numpy as np

        import sklearn_peer

        v = np.random.default_rng(1).random((40, 30), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            np.savez(f"{folder}/v.npz", v=v)
            run(
                DRIVER,
                "--v",
                f"{folder}/v.npz",
                "--seed",
                "7",
                "--beta",
                "1",
                "--components",
                "3",
                "--solver",
                "mu",
                "--iterations",
                "0",
                "--as-is",
                "--out",
                f"{folder}/factors.npz",
            )
            with np.load(f"{folder}/factors.npz") as found:
                w, h = found["w"], found["h"]
        expected_w, expected_h = sklearn_peer.start(v, 3, 7)
        np.testing.assert_allclose(w, expected_w, rtol=1e-6)
        np.testing.assert_allclose(h, expected_h, rtol=1e-6)

    def test_two_builds_are_compared_row_by_row(self):
        table = run(sys.executable, f"{HERE}/compare.py", BUILD, BUILD, "--smoke", "--rounds", "1", "--margin", "1e9")
        self.assertIn("whole job smoke", table)
        self.assertIn("Nothing got slower", table)

    def test_a_slower_build_is_called_slower(self):
        sys.path.insert(0, HERE)
        import compare

        self.assertEqual("slower", compare.verdict([1.20, 1.21, 1.22], 0.05)[2])
        self.assertEqual("", compare.verdict([1.04, 1.04, 1.04], 0.05)[2])
        self.assertEqual("", compare.verdict([0.8, 1.20, 1.6], 0.05)[2])
        self.assertEqual("faster", compare.verdict([0.80, 0.81, 0.82], 0.05)[2])
        self.assertEqual("slower", compare.verdict([float("inf")] * 3, 0.05)[2])

    def test_quality_is_measured_for_every_method_recording_and_seed(self):
        with tempfile.TemporaryDirectory() as folder:
            for number, item in enumerate(["s01_drums", "s05_duo", "mine"]):
                os.makedirs(f"{folder}/items/{item}/stems")
                write_item(f"{folder}/items/{item}", number)
            with open(f"{folder}/items/BASELINES.md", "w") as file:
                file.write(
                    "### mean SDR over sources (dB)\n\n| item | K | KL 1x |\n|---|---:|---:|\n| s01_drums | 2 | -3.5 |\n"
                )
            command = [
                sys.executable,
                f"{HERE}/quality.py",
                f"{folder}/items",
                "--seeds",
                "2",
                "--method",
                "K parts",
                "--program",
                f"{BUILD}/apps/partwise/partwise",
                "--out",
                f"{folder}/out",
            ]
            text = run(*command)
            with open(f"{folder}/out/quality.jsonl") as file:
                lines = [json.loads(line) for line in file]
            again = run(*command)
            with open(f"{folder}/out/quality.jsonl") as file:
                self.assertEqual(len(lines), len(file.readlines()))  # nothing was run twice
        self.assertEqual(text, again)
        sys.path.insert(0, HERE)
        import quality

        methods = [name for name, *_ in quality.METHODS if "K parts" in name]
        self.assertEqual(len(methods) * 3 * 2, len(lines))
        self.assertIn("| method | other | drums | pitched | all | spread | time |", text)
        for heading in [
            "Families",
            f"Paired differences to {methods[0]}",
            "Paired differences to the baselines",
            "Recordings, the worst first",
            "Methods",
        ]:
            self.assertIn(f"## {heading}\n", text)
        # Two tones in two parts: whatever finds no tone is broken.
        self.assertGreater(min(line["scores"]["sdr_db"] for line in lines if "random" not in line["key"][1]), 10)

    def test_an_interval_of_differences_holds_its_mean(self):
        sys.path.insert(0, HERE)
        import quality_tables

        mean, low, high = quality_tables.interval([1.0, 2.0, 3.0, 6.0])
        self.assertEqual((3.0, True), (mean, 1 < low < 3 < high < 6))
        self.assertEqual("+1.00 [+1.00, +1.00]", quality_tables.difference({"a": 2.0, "b": 9.0}, {"a": 1.0}))

    def test_the_python_module_is_timed_beside_scikit_learn(self):
        module = f"{BUILD}/bindings/python"
        if not os.path.exists(f"{module}/partwise"):
            self.skipTest("this build makes no Python module")
        result = subprocess.run(
            [sys.executable, f"{HERE}/python_module.py", "--smoke", "--seeds", "1", "--any-blas"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": module},
        )
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertEqual(3, result.stdout.count("| smoke |"))
        self.assertIn("import partwise", result.stdout)

    def test_weights_of_similarity_are_learnt_beside_the_shipped_ones(self):
        table = run(sys.executable, f"{HERE}/learn_similarity.py", "--build", BUILD, "--recordings", "5")
        for row in ["| activation_correlation | -", "| (intercept) | -", "| shipped | 0."]:
            self.assertIn(row, table)
        self.assertIn(" | -1.685 |", table)

    def test_the_evaluator_knows_small_cases(self):
        sys.path.insert(0, HERE)
        import numpy as np

        import evaluate

        w, h, v = np.array([[1.0]]), np.array([[2.0]]), np.array([[4.0]])  # V = 4, W H = 2
        self.assertAlmostEqual(2, evaluate.divergence(v, w, h, 2))
        self.assertAlmostEqual(4 * np.log(2) - 4 + 2, evaluate.divergence(v, w, h, 1))
        self.assertAlmostEqual(2 - np.log(2) - 1, evaluate.divergence(v, w, h, 0))


if __name__ == "__main__":
    unittest.main()
