"""The build backend of `pip install .` (PEP 517): CMake makes the module, this puts it in a wheel.

It needs nothing but Python's standard library, so `requires` is empty and no network is asked.
PARTWISE_BUILD_DIR names a build folder to use and keep; one that already makes the module stays configured
as it is. PARTWISE_CMAKE_ARGS adds arguments.
"""

import base64
import hashlib
import os
import pathlib
import re
import shlex
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The oldest time a zip member can have: the same tree gives the same wheel.
_TIME = (1980, 1, 1, 0, 0, 0)


def _version():
    text = (ROOT / "include/partwise/version.hpp").read_text()
    return re.search(r'kVersion = "([^"]+)"', text)[1]


def _tag():
    python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    platform = re.sub(r"[-.]", "_", sysconfig.get_platform())
    return f"{python}-{python}-{platform}"


def _metadata():
    return "\n".join([
        "Metadata-Version: 2.1",
        "Name: partwise",
        f"Version: {_version()}",
        "Summary: Takes a recording apart into the parts it is made of",
        "License: MIT",
        "Requires-Python: >=3.9",
        "Requires-Dist: numpy>=1.21",
        "Provides-Extra: sklearn",
        "Requires-Dist: scikit-learn>=1.2; extra == 'sklearn'",
        "Description-Content-Type: text/markdown",
        "",
        (ROOT / "README.md").read_text(encoding="utf-8"),
    ])


def _dist_info():
    wheel = f"Wheel-Version: 1.0\nGenerator: partwise\nRoot-Is-Purelib: false\nTag: {_tag()}\n"
    return {
        "METADATA": _metadata().encode(),
        "WHEEL": wheel.encode(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "THIRD_PARTY.md": (ROOT / "THIRD_PARTY.md").read_bytes(),
    }


def _configure(folder):
    cache = folder / "CMakeCache.txt"
    if cache.exists() and "PARTWISE_PYTHON_MODULE:BOOL=ON" in cache.read_text():
        return
    arguments = [
        "cmake", "-S", str(ROOT), "-B", str(folder), "-DPARTWISE_PYTHON_MODULE=ON",
        "-DPARTWISE_CLI=OFF", "-DPARTWISE_CODECS=OFF", "-DPARTWISE_TESTS=OFF",
        f"-DPython3_EXECUTABLE={sys.executable}", "-DCMAKE_BUILD_TYPE=Release",
        *shlex.split(os.environ.get("PARTWISE_CMAKE_ARGS", "")),
    ]
    subprocess.run(arguments, check=True)


def _build(folder):
    _configure(folder)
    subprocess.run(["cmake", "--build", str(folder), "--target", "partwise_python", "--parallel",
                    str(os.cpu_count() or 1)], check=True)
    return folder / "bindings/python/partwise"


def _package_files(built):
    """Everything of the package but what Python caches: name in the wheel -> bytes."""
    sources = ROOT / "bindings/python/partwise"
    found = [p for p in sources.iterdir() if p.suffix in {".py", ".pyi"} or p.name == "py.typed"]
    found += built.glob("_core*" + sysconfig.get_config_var("EXT_SUFFIX"))
    return {f"partwise/{path.name}": path.read_bytes() for path in sorted(found)}


def _record_line(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}"


def _write_wheel(path, files, record):
    lines = [_record_line(name, data) for name, data in files.items()] + [f"{record},,", ""]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [*files.items(), (record, "\n".join(lines).encode())]:
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
            archive.writestr(member, data)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name = f"partwise-{_version()}.dist-info"
    folder = pathlib.Path(metadata_directory) / name
    folder.mkdir()
    for file, data in _dist_info().items():
        (folder / file).write_bytes(data)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    kept = os.environ.get("PARTWISE_BUILD_DIR")
    with tempfile.TemporaryDirectory() as scratch:
        files = _package_files(_build(pathlib.Path(kept or scratch)))
    info = f"partwise-{_version()}.dist-info"
    files.update({f"{info}/{name}": data for name, data in _dist_info().items()})
    name = f"partwise-{_version()}-{_tag()}.whl"
    _write_wheel(pathlib.Path(wheel_directory) / name, files, f"{info}/RECORD")
    return name


def build_sdist(sdist_directory, config_settings=None):
    """What git tracks, with the metadata that an archive needs."""
    base = f"partwise-{_version()}"
    tracked = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], check=True,
                             capture_output=True).stdout.decode().split("\0")
    with tempfile.TemporaryDirectory() as scratch:
        info = pathlib.Path(scratch) / "PKG-INFO"
        info.write_text(_metadata(), encoding="utf-8")
        with tarfile.open(pathlib.Path(sdist_directory) / f"{base}.tar.gz", "w:gz") as archive:
            for name in filter(None, tracked):
                archive.add(ROOT / name, f"{base}/{name}")
            archive.add(info, f"{base}/PKG-INFO")
    return f"{base}.tar.gz"
