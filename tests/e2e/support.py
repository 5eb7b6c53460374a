"""What the end-to-end tests share: sounds made here, a WAV reader of our own, running the program.

Standard library only. PARTWISE_PROGRAM is the program, PARTWISE_DECODE the helper that turns any
audio file into raw floats, PARTWISE_SOURCE the source tree.
"""
import array
import hashlib
import json
import math
import os
import pathlib
import random
import shutil
import struct
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["PARTWISE_PROGRAM"]
SOURCE = pathlib.Path(os.environ["PARTWISE_SOURCE"])
SECONDS_ALLOWED = 120  # of any one run, also under a sanitizer on a busy machine

USAGE, CANNOT_READ, MALFORMED, RESOURCE_LIMIT, CANNOT_WRITE = 2, 3, 4, 5, 6
QUICK = ["-k", "3", "--max-iter", "15"]


def plucked(seconds=0.5, rate=8000, channels=1, seed=1, level=0.4):
    """Decaying tones that begin one after the other, and a little noise: [samples][channels]."""
    noise = random.Random(seed)
    tones = [(220.0, 0.0), (523.3, 0.3), (1397.0, 0.6)]
    frames = []
    for i in range(int(seconds * rate)):
        t = i / rate
        frame = []
        for channel in range(channels):
            value = noise.uniform(-0.01, 0.01)
            for n, (hz, start) in enumerate(tones):
                since = t - start * seconds
                if since >= 0:
                    pan = 1 / (1 + (n + channel) % 3)
                    value += pan * math.exp(-8 * since) * math.sin(2 * math.pi * hz * since)
            frame.append(level * value)
        frames.append(frame)
    return frames


def wav_bytes(frames, rate=8000, form="int16", channels=None, declared_bytes=None):
    """A WAV file. form: int16, int24 or float32; values are in [-1, 1]."""
    channels = channels or len(frames[0])
    flat = [value for frame in frames for value in frame]
    if form == "float32":
        tag, width, body = 3, 4, struct.pack(f"<{len(flat)}f", *flat)
    elif form == "int16":
        tag, width = 1, 2
        body = struct.pack(f"<{len(flat)}h", *(round(max(-1, min(1, v)) * 32767) for v in flat))
    else:
        tag, width = 1, 3
        body = b"".join(round(max(-1, min(1, v)) * 8388607).to_bytes(3, "little", signed=True)
                        for v in flat)
    size = len(body) if declared_bytes is None else declared_bytes
    head = struct.pack("<HHIIHH", tag, channels, rate, rate * channels * width, channels * width,
                       8 * width)
    return (b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + struct.pack("<I", 16) + head
            + b"data" + struct.pack("<I", size) + body)


def read_wav(path):
    """(rate, channels, values): integers as they stand in the file, or floats."""
    data = pathlib.Path(path).read_bytes()
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE", path
    at, form, values = 12, None, None
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8:at + 8 + size]
        if name == b"fmt ":
            tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            tag = struct.unpack_from("<H", body, 24)[0] if tag == 0xFFFE else tag
            form = (tag, bits)
        elif name == b"data":
            if form == (3, 32):
                values = list(array.array("f", body))
            elif form == (1, 16):
                values = list(array.array("h", body))
            elif form == (1, 24):
                values = [int.from_bytes(body[i:i + 3], "little", signed=True)
                          for i in range(0, len(body), 3)]
        at += 8 + size + size % 2
    assert values is not None, f"{path} holds no samples of a form known here: {form}"
    return rate, channels, values


def decode(path):
    """(rate, channels, values as floats) of any audio file, by the library's own decoder."""
    with tempfile.NamedTemporaryFile() as raw:
        out = subprocess.run([os.environ["PARTWISE_DECODE"], path, raw.name], check=True,
                             capture_output=True, text=True).stdout.split()
        return int(out[0]), int(out[1]), list(array.array("f", raw.read()))


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class ProgramTest(unittest.TestCase):
    """A test in a folder of its own, which goes with it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="partwise-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def sound(self, name="tones.wav", **how):
        form = how.pop("form", "int16")
        rate = how.get("rate", 8000)
        return self.write(name, wav_bytes(plucked(**how), rate, form))

    def program(self, *arguments, cwd=None, **how):
        how.setdefault("capture_output", True)
        return subprocess.run([PROGRAM, *map(os.fspath, arguments)], cwd=cwd or self.folder,
                              stdin=subprocess.DEVNULL, timeout=SECONDS_ALLOWED, check=False, **how)

    def decompose(self, *arguments, **how):
        """Runs `partwise decompose`, which must succeed; its output as text."""
        result = self.program("decompose", *arguments, **how)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def tree(self, folder=None):
        """{path: hash} of everything below, hidden files too."""
        folder = folder or self.folder
        return {str(p.relative_to(folder)): sha256(p) if p.is_file() else None
                for p in folder.rglob("*")}

    def refused(self, code, *arguments, says=(), **how):
        """The program ends with `code` and one line with all of `says`, and changes nothing."""
        before = self.tree()
        result = self.program(*arguments, **how)
        message = result.stderr.decode()
        self.assertEqual(result.returncode, code, message)
        self.assertEqual(result.stdout, b"")
        self.assertRegex(message, r"\Apartwise: [^\n]+\n\Z")
        for words in says:
            self.assertIn(words, message)
        self.assertEqual(self.tree(), before)
        return message

    def summary(self, folder):
        return json.loads((self.folder / folder / "summary.json").read_text())

    def assert_whole(self, folder):
        """What the folder's summary lists is there with its size and hash, and nothing else."""
        folder = self.folder / folder
        listed = {f["name"]: f for f in json.loads((folder / "summary.json").read_text())["files"]}
        for name, fact in listed.items():
            self.assertEqual((folder / name).stat().st_size, fact["bytes"], name)
            self.assertEqual(sha256(folder / name), fact["sha256"], name)
        self.assertEqual({p.name for p in folder.iterdir()} - {"summary.json"},
                         set(listed) - {"summary.json"})
