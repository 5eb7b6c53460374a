#!/usr/bin/env python3
"""`partwise evaluate`: folders of parts against folders of stems, for a person and for programs."""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import unittest

from support import CANNOT_READ, MALFORMED, QUICK, SECONDS_ALLOWED, SOURCE, USAGE, ProgramTest, wav_bytes

SHARED = pathlib.Path(os.environ.get("PARTWISE_SHARED") or SOURCE.parent / "shared") / "evaluation"
ITEMS = ["s01_drums_rock", "s04_piano5", "s07_collage_stereo"]
SCORES = ["sdr_db", "sir_db", "sar_db", "si_sdr_db", "sdr_improvement_db", "si_sdr_improvement_db"]


def noise(seconds, seed, pole=0.5, rate=8000):
    values, last = random.Random(seed), 0.0
    out = []
    for _ in range(round(seconds * rate)):
        last = pole * last + values.uniform(-0.2, 0.2)
        out.append(last)
    return out


def mixed(*weighted):
    return [sum(gain * value for gain, value in zip([w for w, _ in weighted], frame))
            for frame in zip(*(signal for _, signal in weighted))]


def python_with(*modules):
    """A Python that has them, or None: Debian's own before any other."""
    for python in ["/usr/bin/python3", sys.executable]:
        code = "import " + ", ".join(modules)
        if os.path.exists(python) and subprocess.run([python, "-c", code], capture_output=True,
                                                     check=False).returncode == 0:
            return python
    return None


class Evaluate(ProgramTest):
    def put(self, name, values, rate=8000, form="float32"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wav_bytes([[value] for value in values], rate, form))

    def put_item(self, stems="stems", parts="parts", leak=0.1):
        a, b, c = noise(0.5, 1, 0.9), noise(0.5, 2, -0.6), noise(0.5, 3, 0.2)
        self.put(f"{stems}/low.wav", a)
        self.put(f"{stems}/high.wav", b)
        self.put(f"{parts}/x.wav", mixed((1, b), (leak, a), (0.05, c)))
        self.put(f"{parts}/y.wav", mixed((0.6, a), (leak, c)))
        self.put(f"{parts}/z.wav", mixed((0.4, a), (leak, b)))
        return a, b

    def evaluate(self, *arguments, code=0):
        result = self.program("evaluate", *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout.decode(), result.stderr.decode()

    def told(self, *arguments, code=0):
        return json.loads(self.evaluate("--json", *arguments, code=code)[0])

    def test_a_person_reads_a_line_for_each_source(self):
        self.put_item()
        out, err = self.evaluate("stems", "parts")
        self.assertEqual(err, "")
        lines = out.split("\n")
        self.assertRegex(lines[0], r"^  source +SDR +SIR +SAR +SDRi +SI-SDR +SI-SDRi  parts$")
        self.assertRegex(lines[1], r"^  high( +-?\d+\.\d\d){6}  x$")
        self.assertRegex(lines[2], r"^  low( +-?\d+\.\d\d){6}  y z$")
        self.assertRegex(lines[3], r"^  mean( +-?\d+\.\d\d){6}$")
        self.assertIn("  matched    parts grouped by the oracle", out)
        self.assertRegex(out, r"  left over  -?\d+\.\d dB of the mixture that is in no part\n$")

    def test_a_program_reads_the_same(self):
        self.put_item()
        told = self.told("stems", "parts")
        self.assertEqual(list(told), ["window_s", "items", "means"])
        [item] = told["items"]
        self.assertEqual(list(item), ["name", "matching", "sources", "unused_parts", "mean", "left_over_db",
                                      "hits", "notes", "warnings"])
        self.assertEqual((item["name"], item["matching"], item["hits"], item["notes"]),
                         ("stems", "oracle", None, None))
        self.assertEqual([(s["name"], s["parts"]) for s in item["sources"]],
                         [("high", ["x"]), ("low", ["y", "z"])])
        for name in SCORES:
            self.assertAlmostEqual(item["mean"][name], sum(s[name] for s in item["sources"]) / 2)
            self.assertAlmostEqual(told["means"][name]["mean"], item["mean"][name])

    def test_the_folder_of_a_run_knows_its_parts(self):
        a, b = self.put_item()
        self.put("song.wav", mixed((1, a), (1, b)), form="int16")
        self.decompose(*QUICK, "song.wav", "--names", "one,mixed,residual-like")
        [item] = self.told("stems", "song.parts")["items"]
        parts = [part for source in item["sources"] for part in source["parts"]]
        self.assertEqual(sorted(parts), ["mixed", "one", "residual-like"])
        self.assertLess(item["left_over_db"], -80)  # what 16 bits leave of the sum of the stems
        shutil.copy(self.folder / "song.parts/summary.json", self.folder / "parts/summary.json")
        self.refused(CANNOT_READ, "evaluate", "stems", "parts", says=["parts/part-00-one.wav"])
        text = (self.folder / "parts/summary.json").read_text()
        for broken, words in [(text.replace('"part-00-one.wav"', '"../one.wav"'), "parts/0/file = ../one.wav"),
                              (text.replace('"file"', '"fil"'), "parts/0/file is missing"),
                              ("[]", "no JSON object")]:
            self.write("parts/summary.json", broken.encode())
            self.refused(MALFORMED, "evaluate", "stems", "parts", says=["summary.json", words])

    def test_residual_and_mix_are_no_parts(self):
        a, _ = self.put_item()
        for name in ["residual", "mix", "loop_residual"]:
            self.put(f"parts/{name}.wav", a)
        [item] = self.told("stems", "parts")["items"]
        self.assertEqual([s["parts"] for s in item["sources"]], [["x"], ["y", "z"]])

    def test_several_recordings_are_told_worst_first_with_intervals(self):
        for name, leak in [("a", 0.1), ("b", 0.5), ("c", 0.02)]:
            self.put_item(f"known/{name}/stems", f"found/{name}" + (".parts" if name == "b" else ""), leak)
        self.put("known/d/stems/low.wav", noise(0.1, 1))
        out, err = self.evaluate("known", "found")
        self.assertEqual([line.split()[0] for line in out.split("\n")[1:7]],
                         ["b", "a", "c", "mean", "95", "to"])
        self.assertEqual(err, "partwise: warning: d: there are no parts of that name: left out\n")
        told = self.told("known", "found")
        self.assertEqual([item["name"] for item in told["items"]], ["a", "b", "c"])
        mean = told["means"]["sdr_db"]
        self.assertLess(mean["low"], mean["mean"])
        self.assertGreater(mean["high"], mean["mean"])
        self.assertEqual(told, self.told("known", "found", "--threads", "2"))

    def test_the_others_go_on_when_one_recording_fails(self):
        self.put_item("known/a/stems", "found/a")
        self.put_item("known/b/stems", "found/b")
        self.put("found/a/x.wav", noise(0.1, 1), rate=11025)
        out, err = self.evaluate("known", "found", code=MALFORMED)
        self.assertIn("  b ", out)
        self.assertRegex(err, r"\Apartwise: found/a/x.wav: 11025 Hz, expected 8000 Hz as in [^\n]*\n\Z")

    def test_hits_and_notes_are_scored_where_both_folders_tell_of_them(self):
        self.put_item("song/stems", "parts")
        self.write("song/drums.csv", b"onset,class\n0.1,kick\n0.3,kick\n0.2,hat\n")
        self.write("song/notes.csv", b"onset,offset,midi\n0.1,0.4,60\n0.2,0.4,64\n")
        self.assertIsNone(self.told("song", "parts")["items"][0]["hits"])
        self.write("parts/events.csv", b"onset,offset,part,kind,strength,midi\n"
                                       b"0.11,0.2,one,hit,1,60\n0.29,0.4,one,hit,1,36\n0.21,0.4,two,note,1,64.2\n")
        out, _ = self.evaluate("song", "parts")
        self.assertIn("hits       F 1.000, precision 1.000, recall 1.000 (3 of 3 found, 3 heard)", out)
        self.assertIn("notes      F 0.667, precision 1.000, recall 0.500 (1 of 2 found, 1 heard)", out)
        [item] = self.told("song", "parts", "--window", "0.005")["items"]
        self.assertEqual((item["hits"]["f"], item["notes"]["f"]), (0, 0))
        tick = b"\x83\x60"  # 480: at 960 to a quarter of half a second, a quarter of a second
        track = b"\0\x99\x24\x40" + tick + b"\x24\0" + b"\0\x90\x40\x40" + tick + b"\x40\0"
        (self.folder / "parts/events.csv").rename(self.folder / "kept.csv")
        self.write("parts/events.mid", b"MThd\0\0\0\x06\0\0\0\x01\x03\xc0MTrk\0\0\0" + bytes([len(track)]) + track)
        [item] = self.told("song", "parts", "--window", "0.1")["items"]
        self.assertEqual((item["hits"]["matched"], item["hits"]["estimated"], item["notes"]["matched"]), (1, 1, 1))
        self.write("parts/events.mid", b"MThd")
        self.refused(MALFORMED, "evaluate", "song", "parts", says=["parts/events.mid: no MIDI file"])
        self.write("parts/events.csv", b"onset_s,part\n0.1s,one\n")
        self.refused(MALFORMED, "evaluate", "song", "parts", says=["parts/events.csv: line 2: onset_s = '0.1s'"])

    def test_silence_is_said_for_each_source_and_the_others_are_scored(self):
        self.put_item()
        self.put("stems/none.wav", [0.0] * 4000)
        self.put("parts/nothing.wav", [0.0] * 4000)
        out, err = self.evaluate("stems", "parts")
        self.assertRegex(out, r"(?m)^  none( +-){6}")
        self.assertEqual(err.split("\n")[:-1],
                         ["partwise: warning: none: the reference is silent: no score is defined",
                          "partwise: warning: nothing: the part is silent"])
        sources = self.told("stems", "parts")["items"][0]["sources"]
        self.assertEqual([(s["silent"], s["sdr_db"] is None) for s in sources],
                         [(False, False), (False, False), (True, True)])

    def test_what_cannot_be_scored_is_refused_in_a_line(self):
        self.put_item()
        (self.folder / "empty").mkdir()
        cases = [
            (USAGE, ["stems"], "evaluate: REFERENCE_DIR ESTIMATE_DIR are missing"),
            (USAGE, ["stems", "parts", "more"], "this is another: more"),
            (USAGE, ["stems", "parts", "--match", "best"], "--match = best, expected auto, names"),
            (USAGE, ["stems", "parts", "--window", "-1"], "--window = -1, expected 0..10"),
            (USAGE, ["stems", "parts", "--match", "permutation"], "as many parts as sources, not 3"),
            (USAGE, ["stems", "parts", "--force"], "unknown option --force"),
            (CANNOT_READ, ["missing", "parts"], "cannot read missing"),
            (CANNOT_READ, ["stems", "missing"], "cannot read missing"),
            (CANNOT_READ, ["empty", "parts"], "empty: no references in it"),
            (CANNOT_READ, ["stems", "empty"], "empty: no parts in it"),
            (CANNOT_READ, ["stems", "parts", "--mix", "missing.wav"], "missing.wav"),
        ]
        for code, arguments, words in cases:
            with self.subTest(arguments=arguments):
                self.refused(code, "evaluate", *arguments, says=[words])
        self.put_item("known/a/stems", "found/other")
        self.refused(CANNOT_READ, "evaluate", "known", "found", says=["found: no estimates in it"])
        self.put_item("known/a/stems", "found/a")
        self.refused(USAGE, "evaluate", "known", "found", "--mix", "a.wav", says=["--mix = a.wav"])
        self.put("parts/x.wav", [0.1, float("nan"), 0.1] * 1000)
        self.refused(MALFORMED, "evaluate", "stems", "parts", says=["parts/x.wav", "NaN"])

    def test_scores_are_those_of_mir_eval(self):
        python = python_with("mir_eval", "soundfile")
        if python is None:
            self.skipTest("python3-mir-eval and python3-soundfile are not installed")
        self.put_item()
        (self.folder / "parts/z.wav").unlink()
        script = """
import glob, json, sys, warnings
import mir_eval, numpy, soundfile
warnings.simplefilter("ignore")
read = lambda folder: numpy.array([soundfile.read(f)[0] for f in sorted(glob.glob(folder + "/*.wav"))])
print(json.dumps([list(x) for x in mir_eval.separation.bss_eval_sources(read("stems"), read("parts"))[:3]]))
"""
        said = subprocess.run([python, "-c", script], cwd=self.folder, capture_output=True, check=True,
                              timeout=SECONDS_ALLOWED)
        sources = self.told("stems", "parts", "--match", "permutation")["items"][0]["sources"]
        for name, expected in zip(SCORES, json.loads(said.stdout)):
            for source, value in zip(sources, expected):
                self.assertAlmostEqual(source[name], value, delta=1e-3)

    def test_scores_and_groups_are_those_of_the_scorer(self):
        python = python_with("mir_eval", "soundfile", "scipy")
        if python is None or not (SHARED / "evaluate.py").exists():
            self.skipTest("the scorer, or what it needs, is not there")
        script = """
import glob, json, sys
sys.path.insert(0, sys.argv[1])
import evaluate, soundfile
item = evaluate.Item(sys.argv[2] + "/stems", sys.argv[2] + "/mix.wav")
parts = [soundfile.read(f)[0] for f in sorted(glob.glob(sys.argv[3] + "/part-*.wav"))]
print(json.dumps(item.score(parts), default=int))
"""
        for item in ITEMS:
            parts = 4 * len(list((SHARED / item / "stems").iterdir()))
            self.decompose(SHARED / item / "mix.wav", "-k", str(parts), "--max-iter", "20", "--no-report",
                           "-o", item)
            said = subprocess.run([python, "-c", script, SHARED, SHARED / item, item], cwd=self.folder,
                                  check=True, capture_output=True, timeout=SECONDS_ALLOWED)
            expected = json.loads(said.stdout)
            [found] = self.told(SHARED / item, item)["items"]
            for ours, theirs in zip(found["sources"], expected["sources"], strict=True):
                with self.subTest(item=item, source=ours["name"]):
                    self.assertEqual(ours["parts"], [f"part-{part:02}" for part in theirs["comps"]])
                    for name, key in zip(SCORES, ["SDR", "SIR", "SAR", "SISDR", "SDRi", "SISDRi"]):
                        self.assertAlmostEqual(ours[name], theirs[key], delta=1e-3)
            for name, key in zip(SCORES, ["SDR", "SIR", "SAR", "SISDR", "SDRi", "SISDRi"]):
                self.assertAlmostEqual(found["mean"][name], expected["mean"][key], delta=1e-3)


if __name__ == "__main__":
    unittest.main()
