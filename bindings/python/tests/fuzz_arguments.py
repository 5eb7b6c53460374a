"""Arrays of every kind as arguments: the answer is right, or a ValueError or TypeError.

    fuzz_arguments.py SECONDS [SEED]

Right is what scikit-learn says of the same array, and for the transforms what a plain copy of it gives.
"""

import sys
import time
import warnings

import numpy as np
import scipy.sparse
import sklearn.decomposition

import partwise

KINDS = ["f4", "f8", ">f4", ">f8", "f2", "i4", "u1", "bool", "c8", "object", "U3", "longdouble"]
SHARES = [0.25, 0.25, 0.07, 0.07, 0.06, 0.06, 0.04, 0.04, 0.04, 0.04, 0.04, 0.04]
# On a start or data of lower rank than K, descent divides rounding by rounding: W and H end apart, and what
# they model ends as near, within this share of the norm of X.
SHARE_OF_NORM = 0.02
# One cell 1e30 times the others: rounding decides in which of the first iterations it is met.
LARGEST_COMPARED = 1e20


def with_layout(a, rng):
    """The same numbers lying otherwise, or some of them."""
    layouts = [
        lambda: a[::-1], lambda: a[:, ::-1], lambda: np.asfortranarray(a),
        lambda: a.repeat(2, 1)[:, ::2], lambda: a.T,
        lambda: np.broadcast_to(a[:1], a.shape) if a.shape[0] else a,
        lambda: np.ma.masked_array(a, mask=rng.rand(*a.shape) < 0.1), lambda: a,
    ]
    return layouts[rng.randint(len(layouts))]()


def as_other_container(a, rng):
    choice = rng.randint(12)
    if choice == 0 and a.dtype.kind in "fiu" and a.dtype.itemsize >= 4 and a.dtype.isnative:
        return rng.choice([scipy.sparse.csr_matrix, scipy.sparse.csc_matrix])(a)
    if choice == 1 and a.dtype.isnative:
        pandas = sys.modules.get("pandas")
        return pandas.DataFrame(np.asarray(a)) if pandas else a
    if choice == 2:
        return a.tolist()
    return a


def any_array(rng):
    shape = tuple(rng.randint(0, 9, size=rng.choice([0, 1, 2, 2, 2, 2, 2, 2, 3])))
    a = (rng.rand(*shape) * 9 if shape else np.array(3.0)).astype(rng.choice(KINDS, p=SHARES))
    if rng.rand() < 0.07 and a.size and a.dtype.kind == "f":
        a.flat[0] = rng.choice([np.nan, np.inf, -1, 1e30])
    if a.ndim != 2:
        return a
    a = with_layout(a, rng)
    if rng.rand() < 0.1 and isinstance(a, np.ndarray):
        a = a.copy(order="K")
        a.flags.writeable = False
    return as_other_container(a, rng)


def outcome(call):
    """('ok', value), ('refused', message) or ('wrong', what)."""
    try:
        return "ok", call()
    except (ValueError, TypeError) as error:
        return "refused", str(error)
    except Exception as error:
        return "wrong", f"{type(error).__name__}: {error}"


def factorize_as_scikit_learn_does(a, rng):
    options = dict(n_components=int(rng.choice([1, 2, 3, 12])), random_state=0, max_iter=5,
                   init=[None, "random", "nndsvd"][rng.randint(3)],
                   solver=["cd", "mu", "fast"][rng.randint(3)])
    ours = partwise.NMF(**options)
    kind, found = outcome(lambda: ours.fit_transform(a))
    if kind == "wrong":
        return found
    if options["solver"] == "fast":
        return None if kind != "ok" or np.isfinite(found).all() else "not finite"
    theirs = sklearn.decomposition.NMF(**options)
    their_kind, expected = outcome(lambda: theirs.fit_transform(a))
    if kind == "refused" and their_kind == "ok" and np.isnan(expected).any():
        return None  # what overflows is an error here, and NaN there
    if kind != their_kind:
        return f"{options}: ours {kind} ({found}), theirs {their_kind} ({expected})"
    if kind != "ok" or np.allclose(found, expected, rtol=1e-3, atol=1e-3, equal_nan=True):
        return None
    norm = np.linalg.norm(a.toarray() if scipy.sparse.issparse(a) else np.asarray(a, float))
    if np.isnan(theirs.reconstruction_err_) and np.isfinite(ours.reconstruction_err_):
        return None  # of sparse arrays theirs may be the root of a rounding below zero
    if norm > LARGEST_COMPARED:
        return None
    apart = ours.reconstruction_err_ - theirs.reconstruction_err_
    return None if abs(apart) <= SHARE_OF_NORM * norm else f"{options}: {apart} apart of {norm}"


def transform_as_a_plain_copy(a, rng):
    n_fft = int(rng.choice([1, 2, 8, 15, 16]))

    def there_and_back(y):
        D = partwise.stft(y, n_fft=n_fft)
        return D, partwise.istft(D, n_fft=n_fft), partwise.amplitude_to_db(D)

    kind, found = outcome(lambda: there_and_back(a))
    if kind != "ok":
        return found if kind == "wrong" else None
    plain = np.array(np.asarray(a), dtype=np.float32, order="C")
    same = all(np.array_equal(x, y, equal_nan=True) for x, y in zip(found, there_and_back(plain)))
    return None if same else "other numbers than of a plain copy"


def separated_as_a_plain_copy(a, rng):
    options = dict(n_components=int(rng.choice([1, 2, 12])), max_iter=2, n_fft=int(rng.choice([16, 33, 64])))

    def parts(y):
        return partwise.separate(y, 8000, **options).parts

    kind, found = outcome(lambda: parts(a))
    if kind != "ok":
        return found if kind == "wrong" else None
    y = np.array(np.asarray(a), dtype=np.float32, order="C")
    if not np.isfinite(found).all():
        return "not finite"
    return None if np.array_equal(found, parts(y)) else "other numbers than of a plain copy"


TARGETS = [factorize_as_scikit_learn_does, transform_as_a_plain_copy, separated_as_a_plain_copy]


def main(seconds, seed):
    warnings.simplefilter("ignore")
    rng, tried, wrong = np.random.RandomState(seed), 0, {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        a = any_array(rng)
        target = TARGETS[rng.choice(len(TARGETS), p=[0.6, 0.2, 0.2])]
        said = target(a, rng)
        tried += 1
        if said:
            wrong.setdefault((target.__name__, said[:60]), (said, a))
    for (name, _), (said, a) in list(wrong.items())[:10]:
        print(f"{name}: {said}\n{type(a).__name__} {np.asarray(a, dtype=object).shape} {a!r}")
    print(f"seed {seed}: {tried} arrays, {len(wrong)} kinds of wrong answer")
    return 1 if wrong or not tried else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
