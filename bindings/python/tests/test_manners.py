"""What the module does to the process around it: memory, threads, signals, streams."""

import concurrent.futures
import ctypes
import os
import platform
import signal
import subprocess
import sys
import threading
import time
import tracemalloc

import numpy as np
import pytest

import partwise
from partwise import _core

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def long_fit(callback=None):
    X = np.random.RandomState(0).rand(2000, 1025).astype(np.float32)
    return _core.factorize(X, n_components=32, beta=1.0, solver="mu", start="random", max_iter=100000,
                           tol=0, callback=callback)


def test_outputs_are_not_copies_and_outlive_the_call():
    found = _core.factorize(np.ones((5, 7), np.float32), n_components=2, start="random")
    assert found["w"].base is not None and found["h"].base is not None
    assert found["w"].shape == (5, 2) and found["h"].shape == (2, 7)


def test_rows_with_a_gap_and_read_only_rows_are_read_where_they_lie():
    wide = np.random.RandomState(0).rand(9, 20)
    part = wide[:, 3:11]
    part.flags.writeable = False
    a = _core.factorize(part, n_components=2, start="random", max_iter=5)
    b = _core.factorize(part.copy(), n_components=2, start="random", max_iter=5)
    assert np.array_equal(a["w"], b["w"])


@pytest.mark.parametrize("x, error", [
    (np.ones((3, 3), np.int32), TypeError), (np.ones(3), ValueError),
    (np.ones((2, 2, 2)), ValueError), (np.ones((4, 4)).T[:, ::-1], ValueError),
    (np.ones((4, 6))[:, ::2], ValueError), (np.full((3, 3), np.nan), ValueError),
    (np.full((3, 3), -1.0), ValueError), (np.ones((0, 3)), ValueError)])
def test_what_cannot_be_read_says_so(x, error):
    with pytest.raises(error):
        _core.factorize(x, n_components=1)


@pytest.mark.parametrize("layout", ["rows", "columns"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_matrix_is_not_copied_on_its_way_to_the_core(layout, dtype):
    pytest.importorskip("sklearn")
    X = np.random.RandomState(0).rand(3000, 1025).astype(dtype)
    X = X if layout == "rows" else np.asfortranarray(X)
    model = partwise.NMF(2, init="random", random_state=0, max_iter=2, tol=0)
    model.fit(X[:30])  # what is imported then counts no more
    tracemalloc.start()
    try:
        model.fit(X)
        assert tracemalloc.get_traced_memory()[1] < X.nbytes / 4
    finally:
        tracemalloc.stop()


def test_samples_are_copied_once():
    y = np.random.RandomState(0).rand(2, 1000000).astype(np.float32)
    partwise.separate(y[:, :9000], 44100, n_components=1, max_iter=1)
    tracemalloc.start()
    try:
        partwise.separate(y, 44100, n_components=1, max_iter=1)
        assert tracemalloc.get_traced_memory()[1] < y.nbytes / 2  # the copy is the core's
    finally:
        tracemalloc.stop()


def test_a_thread_counts_while_a_fit_runs():
    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    started = time.monotonic()
    long_fit(lambda i, d: time.monotonic() - started > 0.3)
    done.set()
    counter.join()
    assert counted[0] > 20


def test_ctrl_c_stops_a_fit_and_leaves_everything_usable():
    def press():
        time.sleep(0.3)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    pressed = []
    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        long_fit()
    # 0.3 s where the machine is free; a machine full of other work wakes late.
    assert time.monotonic() - pressed[0] < 2
    assert _core.factorize(np.ones((3, 3)), n_components=1)["iterations"] >= 0


def test_an_exception_of_the_callback_comes_out():
    def fail(iteration, objective):
        raise LookupError("seen")

    with pytest.raises(LookupError, match="seen"):
        long_fit(fail)


def test_works_in_threads_with_the_same_bits():
    X = np.random.RandomState(0).rand(60, 40)
    found = [None] * 8

    def fit(i):
        found[i] = _core.factorize(X, n_components=3, threads=1 + i % 3)["w"]

    threads = [threading.Thread(target=fit, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(w, found[0]) for w in found)


def test_works_after_fork():
    X = np.random.RandomState(0).rand(60, 40)
    _core.factorize(X, n_components=3, threads=4)
    for _ in range(100):
        child = os.fork()
        if child == 0:
            right = _core.factorize(X, n_components=3, threads=2, max_iter=3)["iterations"] == 3
            os._exit(0 if right else 1)
        assert os.waitpid(child, 0)[1] == 0


def test_a_separation_works_in_a_fork_and_in_threads():
    y = np.random.RandomState(0).rand(20000)

    def made(_=None):
        return partwise.separate(y, 22050, n_components=2, max_iter=5).parts

    expected = made()
    child = os.fork()
    if child == 0:
        os._exit(0 if np.array_equal(made(), expected) else 1)
    assert os.waitpid(child, 0)[1] == 0
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert all(np.array_equal(parts, expected) for parts in pool.map(made, range(8)))


def float_mode():
    """MXCSR without the flags of what happened: rounding, masks, whether subnormals are flushed."""
    environment = (ctypes.c_uint8 * 32)()  # fenv_t of x86-64, MXCSR in its last four bytes
    assert ctypes.CDLL(None).fegetenv(environment) == 0
    return int.from_bytes(bytes(environment[28:]), "little") & ~0x3F


@pytest.mark.skipif(platform.machine() != "x86_64", reason="reads MXCSR")
def test_the_floating_point_mode_stays_as_it_was():
    default = 0x1F80
    assert float_mode() == default
    tiny = np.full((40, 30), 1e-40, np.float32)
    _core.factorize(tiny + np.eye(40, 30, dtype=np.float32), n_components=2, solver="mu", start="random")
    assert len(partwise.separate(np.random.RandomState(0).rand(20000), 22050, n_components=2).parts) == 2
    assert float_mode() == default
    assert (tiny * np.float32(0.5) > 0).all()


def test_a_run_writes_nothing_to_standard_streams(capfd):
    partwise.NMF(2, max_iter=3, tol=0).fit(np.random.RandomState(0).rand(9, 8))
    partwise.separate(np.random.RandomState(0).rand(9000), 8000, n_components=2).report()
    assert capfd.readouterr() == ("", "")


def test_tqdm_shows_the_iterations_of_a_fit(capsys):
    pytest.importorskip("tqdm")
    partwise.NMF(2, max_iter=30, tol=0, callback="tqdm").fit(np.random.RandomState(0).rand(9, 8))
    assert "30/30" in capsys.readouterr().err


def test_import_is_silent_and_brings_no_scikit_learn():
    late = {"sklearn", "scipy", "librosa", "matplotlib", "tempfile", "html", "difflib", "partwise.separation"}
    program = f"import sys, partwise; print(sorted({late} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-X", "dev", "-W", "error", "-c", program],
                         capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "[]\n", "")
