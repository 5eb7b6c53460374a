"""The whole job: what comes out is what the program gives, and nothing is left of it but the answer."""

import inspect
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import wave

import numpy as np
import pytest

import partwise
from partwise import _options


@pytest.fixture(scope="module")
def tabla(source):
    with wave.open(str(source / "tests/data/tabla.wav")) as file:
        rate = file.getframerate()
        y = np.frombuffer(file.readframes(file.getnframes()), "<i2") / np.float32(32768)
    return y, rate


@pytest.fixture(scope="module")
def found(tabla):
    return partwise.separate(*tabla, n_components=3)


def test_shapes_are_librosas(found, tabla):
    y, rate = tabla
    assert found.W.shape == (1025, 3) and found.H.shape == (3, found.S.shape[1])
    assert found.parts.shape == (3, len(y))
    assert found.mix.shape == found.residual.shape == y.shape
    assert found.frequencies_hz.shape == (1025,) and found.frequencies_hz[-1] == rate / 2
    assert found.times_s.shape == (found.H.shape[1],) and found.times_s[1] == 512 / rate
    assert len(found.objective) == found.n_iter + 1
    assert len(found) == 3 and found.names == ["part-00", "part-01", "part-02"]
    assert {a.dtype for a in (found.W, found.H, found.S, found.parts, found.mix)} == {np.dtype("f4")}


def test_parts_and_residual_are_the_recording(found, tabla):
    y, _ = tabla
    exact = found.parts.astype(np.float64).sum(axis=0)
    assert np.array_equal(found.mix, exact.astype(np.float32))
    assert np.array_equal(found.residual, (y - exact).astype(np.float32))


def test_channels_come_first_and_keep_their_places():
    rng = np.random.RandomState(0)
    y = rng.randn(2, 30000).astype(np.float32) * [[0.1], [0.01]]
    found = partwise.separate(y, 44100, n_components=2, max_iter=20)
    assert found.parts.shape == (2, 2, 30000) and found.mix.shape == (2, 30000)
    assert np.abs(found.mix + found.residual - y).max() < 1e-6
    loudness = found.parts.std(axis=2)
    assert (loudness[:, 0] > 5 * loudness[:, 1]).all()


def test_gives_the_files_of_the_program(found, tabla, source, tmp_path):
    program = os.environ.get("PARTWISE_PROGRAM")
    if not program:
        pytest.skip("PARTWISE_PROGRAM names no program")
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    subprocess.run([program, "decompose", str(source / "tests/data/tabla.wav"), "-k", "3", "-o",
                    str(theirs), "--quiet"], check=True)
    assert found.save(ours) == ours
    names = sorted(p.name for p in theirs.iterdir())
    assert sorted(p.name for p in ours.iterdir()) == names
    for name in names:
        if name not in ("summary.json", "report.html"):
            assert (ours / name).read_bytes() == (theirs / name).read_bytes(), name
    summaries = [json.loads((folder / "summary.json").read_text()) for folder in (ours, theirs)]
    for same in ("analysed", "factorization", "parts", "residual_db", "model_residual_db", "warnings"):
        assert summaries[0][same] == summaries[1][same]
    assert found.summary == summaries[0]
    stored = np.load(ours / "factors.npz")
    assert np.array_equal(stored["W"], found.W) and np.array_equal(stored["H"], found.H)
    assert np.array_equal(stored["frequencies_hz"], found.frequencies_hz)
    assert np.allclose(stored["times_s"], found.times_s, rtol=1e-12)
    assert np.array_equal(stored["objective"], found.objective)


def test_the_notebooks_preset_gives_the_notebooks_numbers(source, tabla):
    y, rate = tabla
    stored = np.load(source / "tests/data/tabla64.npz")
    found = partwise.separate(y, rate, librosa=True)
    assert np.abs(found.W - stored["W"]).max() < 1e-5 * np.abs(stored["W"]).max()
    assert np.abs(found.H - stored["H"]).max() < 1e-5 * np.abs(stored["H"]).max()
    with pytest.raises(ValueError, match="22050"):
        partwise.separate(y, 2 * rate, librosa=True)


def test_a_given_start_is_begun_from(tabla):
    first = partwise.separate(*tabla, n_components=2, max_iter=3, sort="none")
    again = partwise.separate(*tabla, init=(first.W, first.H), max_iter=0, sort="none")
    assert again.W.shape == (1025, 2) and again.summary["options"]["init"] == "arrays.npz"
    assert np.allclose(again.W @ again.H, first.W @ first.H, rtol=1e-4, atol=1e-4)


def test_every_kind_of_array_gives_the_same(tabla, tmp_path):
    y, rate = tabla
    expected = partwise.separate(y, rate, n_components=2, max_iter=5).parts
    wide = np.repeat(y, 2)
    wide.flags.writeable = False
    y.tofile(tmp_path / "y")
    mapped = np.memmap(tmp_path / "y", dtype=np.float32, mode="r")
    for kind in (y.astype(np.float64), wide[::2], y[::-1].copy()[::-1], y.astype(">f4"), mapped, y[None]):
        parts = partwise.separate(kind, rate, n_components=2, max_iter=5).parts
        assert np.array_equal(parts.reshape(expected.shape), expected)


def test_nothing_is_left_behind_but_what_save_was_told_to_write(found, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert found.report().startswith("<!DOCTYPE html>") or "<html" in found.report()[:200]
    other = partwise.separate(np.ones(3000, np.float32), 8000, n_components=1)
    assert other.summary["files"] == [] and other.summary["input"]["name"] == "array"
    assert list(tmp_path.iterdir()) == []


def test_components_are_gathered_into_parts_with_names(tabla):
    found = partwise.separate(*tabla, n_parts=3)
    assert len(found) == len(found.names) == len(found.descriptions) == 3
    assert found.W.shape[1] == 24 and sorted(itertools.chain(*found.groups)) == list(range(24))
    assert found.parts.shape == (3, len(tabla[0]))
    assert np.abs(found.mix + found.residual - tabla[0]).max() < 1e-6
    parts = found.summary["parts"]
    assert [part["name"] for part in parts] == found.names
    for described, part in zip(found.descriptions, parts):
        for name, value in described.items():
            assert part[name] == (pytest.approx(value) if name != "note" else value or None), name
    assert found.names[0] in repr(found)
    auto = partwise.separate(*tabla, n_parts="auto", method="plain")
    assert 1 <= len(auto) <= 9
    named = partwise.separate(*tabla, n_parts=2, names=["one"])
    assert named.names[0] == "one" and len(named.names) == 2
    with pytest.raises(ValueError, match=re.escape("n_parts = 0, expected 1..256 or auto")):
        partwise.separate(*tabla, n_parts=0)


def test_shows_itself_in_an_isolated_frame_and_as_text(found):
    frame = found._repr_html_()
    assert frame.startswith("<iframe") and 'sandbox="allow-scripts allow-downloads"' in frame
    assert "allow-same-origin" not in frame and "<script" not in frame  # the page's are escaped
    assert "part-02" in repr(found) and "22050" in repr(found)


def test_a_page_that_stands_alone_links_no_file(found, tmp_path):
    link = '"mix.wav"'
    assert link in (found.save(tmp_path / "run") / "report.html").read_text()
    assert link not in found.report()


def test_a_page_too_small_for_its_sound_says_so():
    y = np.random.RandomState(0).randn(2, 44100 * 60).astype(np.float32) / 10
    found = partwise.separate(y, 44100, n_components=2, max_iter=3)
    assert "too long" in found._repr_html_()[:200]
    loop = partwise.separate(y[:, :44100 * 24], 44100, n_components=2, max_iter=3)
    assert "too long" not in loop._repr_html_()[:200]
    page = loop.report()
    assert "rounded to 16 bits" in page and len(page) < 25e6


@pytest.mark.parametrize("options, told", [
    (dict(seed=1), "random_state"), (dict(n_component=3), "n_components"), (dict(sample_rate=1), "program"),
    (dict(quiet=True), "program"), (dict(format="wav"), "save"), (dict(mask_exponent=True), "0.1..10"),
    (dict(librosa=3), "True or False"), (dict(beta=1), "beta_loss"), (dict(max_iter=[3]), "0..1000000")])
def test_options_that_are_none_are_type_errors(tabla, options, told):
    with pytest.raises(TypeError, match=told):
        partwise.separate(*tabla, **options)


@pytest.mark.parametrize("options, told", [
    (dict(n_components=0), "n_components = 0, expected 1..4096"), (dict(max_iter=1.5), "max_iter"),
    (dict(solver="cd"), "beta_loss frobenius"), (dict(n_fft=64, hop_length=65), "n_fft"),
    (dict(init=(np.ones((2, 2)),)), "W, H"), (dict(init=(np.ones((2, 2)), np.ones((3, 3)))), "K"),
    (dict(init=(np.ones((9, 2)), np.ones((2, 9)))), "9"), (dict(names=["a", "b"], n_components=1), "names"),
    (dict(callback="bar"), "tqdm")])
def test_options_out_of_range_are_value_errors_in_pythons_names(tabla, options, told):
    with pytest.raises(ValueError, match=told) as raised:
        partwise.separate(*tabla, **options)
    assert "--" not in str(raised.value)


def test_an_error_about_an_argument_has_its_fields(tabla):
    with pytest.raises(ValueError) as raised:
        partwise.separate(*tabla, n_components=0)
    error = raised.value
    assert (error.argument, error.value, error.expected) == ("n_components", "0", "1..4096")


@pytest.mark.parametrize("y, sr, error, told", [
    ("loop.wav", 44100, TypeError, "librosa.load"), (np.zeros(9, np.int16), 44100, TypeError, "int16"),
    (np.zeros((9000, 2)), 44100, ValueError, "channels first"), (np.zeros(0), 44100, ValueError, "samples"),
    (np.zeros((1, 2, 3)), 44100, ValueError, "channels"), (np.full(9, np.nan), 44100, ValueError, "NaN"),
    (np.zeros(9), None, TypeError, "sr"), (np.zeros(9), 10, ValueError, "1000"),
    (np.zeros(9), float("nan"), ValueError, "1000"), (np.zeros((65, 99)), 44100, ValueError, "64")])
def test_what_is_no_recording_says_what_would_be(y, sr, error, told):
    with pytest.raises(error, match=told):
        partwise.separate(y, sr)


def test_silence_and_one_sample_are_recordings():
    for y in (np.zeros(5000), np.ones(1), np.zeros((2, 100))):
        found = partwise.separate(y, 8000, n_components=2)
        assert np.isfinite(found.parts).all()
        repr(found)
        assert found.summary["warnings"] == found.warnings


def test_save_keeps_what_is_there_unless_forced(found, tmp_path):
    folder = found.save(tmp_path / "a", format="wav16", no_report=True, names=["kick", "snare"])
    assert (folder / "part-00-kick.wav").exists() and not (folder / "report.html").exists()
    with pytest.raises(OSError, match="force"):
        found.save(folder)
    found.save(folder, force=True)
    assert (folder / "report.html").exists()
    with pytest.raises(ValueError, match="wav24"):
        found.save(tmp_path / "b", format="flac")
    with pytest.raises(OSError):
        found.save("/proc/nothing/there")


def test_progress_is_told_and_ends_at_the_end(tabla):
    told = []
    y = np.tile(tabla[0], 5)
    partwise.separate(y, tabla[1], tol=0, max_iter=300, callback=lambda *a: told.append(a))
    stages, shares = [t[0] for t in told], [t[1] for t in told]
    assert "factorize" in stages and shares == sorted(shares) and 0 < shares[-1] <= 1

    def fail(*_):
        raise LookupError("seen")

    with pytest.raises(LookupError, match="seen"):
        partwise.separate(y, tabla[1], tol=0, max_iter=3000, callback=fail)


def test_ctrl_c_stops_a_separation(tabla):
    y = np.tile(tabla[0], 30)
    pressed = []

    def press():
        time.sleep(0.4)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        partwise.separate(y, tabla[1], n_components=20, tol=0, max_iter=100000)
    assert time.monotonic() - pressed[0] < 2  # 0.3 s where the machine is free


def test_options_of_the_table_are_in_docstrings_and_signatures():
    for function, rows in ((partwise.separate, _options.SEPARATE), (partwise.Separation.save, _options.SAVE)):
        parameters = inspect.signature(function).parameters
        for name in rows:
            assert name in parameters
            assert f"\n{name} : " in inspect.getdoc(function)
        assert not re.search(r"\s--\w", inspect.getdoc(function))
    assert "{options}" not in partwise.separate.__doc__ + partwise.Separation.save.__doc__


@pytest.mark.filterwarnings("ignore")
def test_plots_draw_on_the_axes_given(found):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3)
    assert found.plot_spectra(axes[0]) is axes[0] and len(axes[0].lines) == 3
    assert found.plot_activations(axes[1], color="k") is axes[1] and len(axes[1].lines) == 3
    assert found.plot_spectrogram(axes[2], part=1) is axes[2]
    assert found.plot_spectrogram().get_xlabel() == "time / s"
    silent = partwise.separate(np.zeros(3000), 8000, n_components=1)
    for plot in (silent.plot_spectra, silent.plot_activations, silent.plot_spectrogram):
        plot()
    figure.canvas.draw()
    pyplot.close("all")


def test_tqdm_shows_a_bar_on_request_alone(capsys, tabla):
    pytest.importorskip("tqdm")
    partwise.separate(*tabla, n_components=2)
    assert capsys.readouterr() == ("", "")
    partwise.separate(*tabla, n_components=2, callback="tqdm")
    assert "100%" in capsys.readouterr().err


def test_without_tqdm_there_is_no_bar(capsys, tabla, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    partwise.separate(*tabla, n_components=2, callback="tqdm")
    assert capsys.readouterr() == ("", "")


def test_printed_defaults_are_the_ones_in_force(tabla):
    y, sr = tabla
    in_force = partwise.separate(y, sr, max_iter=2)._run.options
    python_names = {row["python_name"]: row["name"] for row in _options.TABLE}
    shown = inspect.signature(partwise.separate).parameters
    compared = 0
    for name, parameter in shown.items():
        if name not in _options.SEPARATE or parameter.default in (None, "auto") or name == "max_iter":
            continue
        assert in_force[python_names[name]] == parameter.default, name
        compared += 1
    assert compared > 10
    assert shown["max_iter"].default == 500


def test_parts_are_those_of_the_program_to_the_bit(tabla, source, tmp_path):
    program = os.environ.get("PARTWISE_PROGRAM")
    if not program:
        pytest.skip("PARTWISE_PROGRAM names no program")
    y, sr = tabla
    found = partwise.separate(y, sr, n_parts=2)
    subprocess.run([program, "decompose", str(source / "tests/data/tabla.wav"), "--parts", "2", "-o",
                    str(tmp_path / "out"), "--no-report", "--quiet"], check=True)
    with np.load(tmp_path / "out" / "factors.npz") as factors:
        np.testing.assert_array_equal(found.W, factors["W"])
        np.testing.assert_array_equal(found.H, factors["H"])
    options = json.loads((tmp_path / "out" / "summary.json").read_text())["options"]
    for name in ("components", "max-iter", "mask-exponent"):
        assert found._run.options[name] == options[name], name
