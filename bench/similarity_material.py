"""Recordings with known sources that anybody can make again: patterns of one-shots (CC0, Debian's sonic-pi-samples)
and notes of a small synthesiser. What bench/learn_similarity.py learns from.
"""

import glob

import numpy as np

from recordings import RATE_HZ, SAMPLES, read

SECONDS = 6.0
DRUM_KINDS = ("bd_*", "sn_*", "drum_cymbal_*", "drum_tom_*", "elec_*", "perc_*", "tabla_*")
WAVES = ("string", "reed", "bell", "pad")
SCALE = (0, 2, 4, 5, 7, 9, 11)


def place(sound, starts, gains):
    """The sound at each of the starts (seconds), in a recording of SECONDS."""
    out = np.zeros(int(SECONDS * RATE_HZ), np.float32)
    for start, gain in zip(starts, gains):
        begin = int(start * RATE_HZ)
        length = min(len(sound), len(out) - begin)
        out[begin : begin + length] += gain * sound[:length]
    return out


def struck_source(random, path):
    """A pattern of eighths over one tempo, drawn from `random`, of one recorded sound."""
    step = random.uniform(0.11, 0.2)
    steps = np.arange(0, SECONDS - 0.2, step)
    period = random.choice([2, 3, 4, 8])
    hits = (np.arange(len(steps)) % period == random.integers(period)) | (random.random(len(steps)) < 0.12)
    starts = steps[hits]
    return place(read(path), starts, random.uniform(0.4, 1.0, len(starts)))


def note(random, wave, pitch, seconds):
    """Harmonics with an envelope: plucked, blown, struck or bowed. `pitch` is a MIDI number."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    f0 = 440.0 * 2 ** ((pitch - 69) / 12)
    count = max(1, min(24, int(0.45 * RATE_HZ / f0)))
    stretch = {"bell": 1.012}.get(wave, 1.0)
    out = np.zeros(len(t))
    for h in range(1, count + 1):
        slope = {"string": 1.1, "reed": 0.7, "bell": 1.4, "pad": 1.7}[wave]
        level = h**-slope * (0.15 if wave == "reed" and h % 2 == 0 else 1.0)
        decay = {"string": 2.0 + 0.8 * h, "bell": 1.0 + 0.5 * h}.get(wave, 0.0)
        phase = 2 * np.pi * random.random()
        out += level * np.exp(-decay * t) * np.sin(2 * np.pi * f0 * h**stretch * t + phase)
    rise = {"string": 0.003, "bell": 0.002, "reed": 0.03, "pad": 0.12}[wave]
    return (out * np.minimum(1, t / rise) * np.minimum(1, (seconds - t) / 0.03)).astype(np.float32)


def pitched_source(random, wave):
    """A line of notes of a major scale in one octave."""
    out = np.zeros(int(SECONDS * RATE_HZ), np.float32)
    low, step = 12 * random.integers(3, 6), random.uniform(0.18, 0.5)
    at = random.uniform(0, 0.5)
    while at < SECONDS - 0.3:
        length = step * random.choice([1, 2, 3])
        if random.random() < 0.8:
            pitch = low + 12 * random.integers(2) + SCALE[random.integers(len(SCALE))]
            out += place(note(random, wave, pitch, length), [at], [random.uniform(0.5, 1.0)])
        at += length
    return out


def recording(seed, find):
    """Sources [sources, samples] of one recording; `find(pattern)` gives paths. Three kinds by turns: drums,
    pitched, both. Sources lie within 12 dB of each other."""
    random = np.random.default_rng(seed)
    count = int(random.integers(3, 6))
    drums = {0: count, 1: 0, 2: max(1, count // 2)}[seed % 3]
    kinds = random.choice(len(DRUM_KINDS), drums, replace=False) if drums else []
    sources = [struck_source(random, random.choice(find(DRUM_KINDS[kind]))) for kind in kinds]
    sources += [pitched_source(random, wave) for wave in random.choice(WAVES, count - drums)]
    scaled = [10 ** (random.uniform(-12, 0) / 20) * x / np.sqrt(np.mean(x**2) + 1e-12) for x in sources]
    return 0.2 * np.array(scaled) / np.abs(np.sum(scaled, axis=0)).max()


def sample_paths(pattern):

    return sorted(glob.glob(f"{SAMPLES}/{pattern}.flac"))
