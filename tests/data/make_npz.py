"""Makes npz_*.npz: what numpy saves, and what partwise must refuse. Needs numpy."""

import os
import zipfile

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
arrays = {
    "float32": (np.arange(12, dtype=np.float32) / 8).reshape(3, 4),
    "float64": np.array([0.1, -2.5]),
    "int32": np.array([-1, 2], dtype=np.int32),
    "int64": np.array([1 << 40], dtype=np.int64),
    "scalar": np.array(44100.0),
    "empty": np.zeros((0, 7), dtype=np.float32),
    "fortran": np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)),
}
np.savez(f"{here}/npz_stored.npz", **arrays)
np.savez_compressed(f"{here}/npz_deflated.npz", **arrays)

np.savez_compressed(
    f"{here}/npz_refused.npz",
    sound=np.zeros(1, dtype=np.float32),
    object=np.array([None, "x"], dtype=object),
    complex=np.zeros(2, dtype=np.complex64),
    bytes=np.array([b"ab"]),
    big_endian=np.zeros(2, dtype=">f4"),
    structured=np.zeros(1, dtype=[("a", "<f4")]),
    half=np.zeros(2, dtype=np.float16),
    long_header=np.zeros(1, dtype=[(f"field_{i}", "<f4") for i in range(400)]),
)


class Small(zipfile.ZipFile):
    """Writes the Zip64 end record for a file that does not need it."""

    def _write_end_record(self):
        limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 0
        try:
            super()._write_end_record()
        finally:
            zipfile.ZIP64_LIMIT = limit


with Small(f"{here}/npz_zip64.npz", "w") as z, z.open("a.npy", "w", force_zip64=True) as f:
    np.lib.format.write_array(f, np.array([1, 2, 3], dtype=np.float32))
