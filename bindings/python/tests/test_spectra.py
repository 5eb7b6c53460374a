"""librosa's numbers, stored in tests/data by make_transforms.py."""

import re

import numpy as np
import pytest

from partwise import spectra


@pytest.fixture(scope="module")
def stored(source):
    return np.load(source / "tests/data/transforms.npz")


def cases(stored):
    for name in stored.files:
        found = re.fullmatch(r"(n\d+_fft(\d+)_hop(\d+))_x", name)
        if found:
            yield found[1], int(found[2]), int(found[3])


def test_stft_is_librosas_to_the_last_bit_but_one(stored):
    for name, n_fft, hop_length in cases(stored):
        D = spectra.stft(stored[name + "_x"], n_fft=n_fft, hop_length=hop_length)
        expected = stored[name + "_S_re"] + 1j * stored[name + "_S_im"]
        assert D.shape == expected.shape and D.dtype == np.complex64
        assert np.abs(D - expected).max() <= 2e-7 * np.abs(expected).max(), name


def test_istft_is_librosas(stored):
    for name, n_fft, hop_length in cases(stored):
        D = (stored[name + "_S_re"] + 1j * stored[name + "_S_im"]).astype(np.complex64)
        expected = stored[name + "_y"]
        y = spectra.istft(D, n_fft=n_fft, hop_length=hop_length, length=len(expected))
        assert y.shape == expected.shape and y.dtype == np.float32
        assert np.abs(y - expected).max() <= 1e-6, name


def test_decibels_are_librosas(source):
    stored = np.load(source / "tests/data/tabla_spectra.npz")
    S = np.abs(stored["S_re"] + 1j * stored["S_im"])
    assert np.abs(spectra.amplitude_to_db(S) - stored["S_db"]).max() < 1e-4


def test_channels_come_first():
    y = np.random.RandomState(0).randn(2, 3, 4000).astype(np.float32)
    D = spectra.stft(y, n_fft=512)
    assert D.shape == (2, 3, 257, 32)
    assert np.array_equal(D[1, 2], spectra.stft(y[1, 2], n_fft=512))
    assert np.abs(spectra.istft(D, length=4000) - y).max() < 1e-5


def test_one_sided_views_are_read_right():
    y = np.random.RandomState(0).randn(9000).astype(np.float32)
    assert np.array_equal(spectra.stft(y[::-2]), spectra.stft(y[::-2].copy()))
    y.flags.writeable = False
    spectra.stft(y)


@pytest.mark.parametrize("wrong, error", [
    (dict(y=np.zeros(100, np.int16)), TypeError), (dict(y=np.zeros(0, np.float32)), ValueError),
    (dict(y=np.float32(1)), ValueError), (dict(y=np.full(99, np.nan)), ValueError),
    (dict(window="hamming"), ValueError), (dict(center=False), ValueError),
    (dict(n_fft=0), ValueError), (dict(hop_length=0), ValueError),
    (dict(pad_mode="reflect"), ValueError), (dict(win_length=100), ValueError)])
def test_what_is_not_done_says_so(wrong, error):
    with pytest.raises(error):
        spectra.stft(**{"y": np.zeros(5000, np.float32), **wrong})
