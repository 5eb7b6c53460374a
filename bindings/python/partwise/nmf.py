"""NMF as scikit-learn has it: the same parameters, attributes and numbers, faster."""

import warnings
from numbers import Integral

import numpy as np
from sklearn.base import ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_array, check_random_state
from sklearn.utils.validation import check_is_fitted

from . import _core
from ._layout import only_transpose_is_rows, rows_side_by_side
from ._parameters import LOSSES, check_parameters, refuse
from ._progress import iteration_listener
from ._sklearn import PositiveInputTags, validate_data
from ._starts import make_start

__all__ = ["NMF", "non_negative_factorization"]

_FLOATS = [np.float64, np.float32]
# So many iterations lie between two looks of the mu solver at its tolerance, as in scikit-learn.
_MU_CHECK_INTERVAL = 10
_LARGEST_TOL = np.nextafter(1.0, 0.0)


def _shown(array):
    return f"{np.shape(array)} {getattr(array, 'dtype', '')}".strip()


class NMF(ClassNamePrefixFeaturesOutMixin, TransformerMixin, PositiveInputTags):
    """X (n_samples, n_features) ~= W (n_samples, K) H (K, n_features), all nonnegative.

    Parameters, attributes and numbers are those of `sklearn.decomposition.NMF`; what is ours
    stands below.

    Parameters
    ----------
    n_components : int, 'auto' or None, default=None
        K. None: n_features; 'auto': that of given W and H, else n_features.
    init : {'random', 'nndsvd', 'nndsvda', 'nndsvdar', 'custom'}, default=None
        Where W and H start. None: nndsvda if K <= min(n_samples, n_features), else random.
    solver : {'cd', 'mu', 'fast'}, default='cd'
        'fast' (ours) is the solver of the partwise program, for any loss: rows of H sum to 1,
        W carries the scale, and a louder X gives the same H.
    beta_loss : float or {'frobenius', 'kullback-leibler', 'itakura-saito'}, default='frobenius'
        The divergence, -4 to 4. 'cd' takes 'frobenius' alone.
    tol : float, default=1e-4
        When to stop. cd: the sum of projected gradients against that of the first iteration;
        mu, fast: the fall of the objective's root in ten iterations against its first value.
    max_iter : int, default=200
    random_state : int, RandomState instance or None, default=None
    alpha_W, alpha_H, l1_ratio : float, default=0, 'same', 0
        Penalties, scaled as scikit-learn scales them.
    verbose : int, default=0
        More than 0 prints the objective of every tenth iteration.
    shuffle : bool, default=False
        Taken for scikit-learn's sake; the coordinates are updated in order, with a warning.
    fixed_components : array of bool of shape (K,), default=None
        Ours: the rows of H that stay as they are given (``init='custom'``).
    callback : callable(iteration, objective) or 'tqdm', default=None
        Ours: called after every iteration, on the calling thread; what it returns stops the fit
        if it is true. 'tqdm' shows a bar where tqdm is there.
    n_threads : int, default=None
        Ours: None takes as many as the problem is worth. The bits do not depend on it.

    Attributes
    ----------
    components_ : ndarray of shape (K, n_features)
    n_components_ : int
    reconstruction_err_ : float
        sqrt(2 objective): the Frobenius norm of X - W H for beta_loss='frobenius'.
    n_iter_ : int
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features,)
    objective_ : ndarray of shape (n_iter_ + 1,)
        Ours: the divergence at the start and after every iteration, without penalties.

    Examples
    --------
    >>> import numpy as np
    >>> from partwise import NMF
    >>> X = np.array([[1, 1], [2, 1], [3, 1.2], [4, 1], [5, 0.8], [6, 1]])
    >>> model = NMF(n_components=2, init='random', random_state=0)
    >>> W = model.fit_transform(X)
    >>> W.shape, model.components_.shape
    ((6, 2), (2, 2))
    """

    def __init__(
        self,
        n_components=None,
        *,
        init=None,
        solver="cd",
        beta_loss="frobenius",
        tol=1e-4,
        max_iter=200,
        random_state=None,
        alpha_W=0.0,
        alpha_H="same",
        l1_ratio=0.0,
        verbose=0,
        shuffle=False,
        fixed_components=None,
        callback=None,
        n_threads=None,
    ):
        self.n_components = n_components
        self.init = init
        self.solver = solver
        self.beta_loss = beta_loss
        self.tol = tol
        self.max_iter = max_iter
        self.random_state = random_state
        self.alpha_W = alpha_W
        self.alpha_H = alpha_H
        self.l1_ratio = l1_ratio
        self.verbose = verbose
        self.shuffle = shuffle
        self.fixed_components = fixed_components
        self.callback = callback
        self.n_threads = n_threads

    def fit(self, X, y=None, **params):
        """Learn H from X. `params` go to fit_transform."""
        self.fit_transform(X, **params)
        return self

    def fit_transform(self, X, y=None, W=None, H=None):
        """Learn H from X and return W. W and H are the start for ``init='custom'``."""
        check_parameters(self)
        X = validate_data(self, X, accept_sparse=("csr", "csc"), dtype=_FLOATS)
        found = self._factorize(X, W, H, update_H=True)
        self.components_ = found["h"]
        self.n_components_ = found["h"].shape[0]
        self.n_iter_ = found["n_iter"]
        self.objective_ = found["objective"]
        self.reconstruction_err_ = float(np.sqrt(2 * max(found["objective"][-1], 0.0)))
        return found["w"]

    def transform(self, X):
        """The W of X for the H that was learnt."""
        check_is_fitted(self)
        check_parameters(self)
        X = validate_data(
            self, X, accept_sparse=("csr", "csc"), dtype=_FLOATS, reset=False
        )
        return self._factorize(X, None, self.components_, update_H=False)["w"]

    def inverse_transform(self, X=None, *, Xt=None, W=None):
        """W H for the W given, under whichever name scikit-learn's version has for it."""
        given = [value for value in (X, Xt, W) if value is not None]
        if len(given) != 1:
            raise TypeError(f"inverse_transform takes one W, got {len(given)}")
        check_is_fitted(self)
        return given[0] @ self.components_

    @property
    def _n_features_out(self):
        return self.components_.shape[0]

    # ---- what is asked for

    def _resolved_components(self, X, W, H):
        if self.n_components == "auto":
            if H is not None:
                return np.shape(H)[0]
            if W is not None and np.ndim(W) == 2:
                return np.shape(W)[1]
        return X.shape[1] if self.n_components in (None, "auto") else int(self.n_components)

    def _penalties(self, X):
        n_samples, n_features = X.shape
        alpha_W = self.alpha_W
        alpha_H = alpha_W if self.alpha_H == "same" else self.alpha_H
        return (
            n_features * alpha_W * self.l1_ratio,
            n_features * alpha_W * (1.0 - self.l1_ratio),
            n_samples * alpha_H * self.l1_ratio,
            n_samples * alpha_H * (1.0 - self.l1_ratio),
        )

    # ---- the start

    def _start(self, X, W, H, n_components, update_H):
        n_samples, n_features = X.shape
        if self.init == "custom" and update_H:
            H = _checked_start(H, (n_components, n_features), "H")
            W = _checked_start(W, (n_samples, n_components), "W")
            if H.dtype != X.dtype or W.dtype != X.dtype:
                raise TypeError(
                    f"H and W should have the same dtype as X. Got H.dtype = {H.dtype} and "
                    f"W.dtype = {W.dtype}, X.dtype = {X.dtype}."
                )
            return W, H
        if not update_H:
            H = _checked_start(H, (n_components, n_features), "H")
            if H.dtype != X.dtype:
                raise TypeError(
                    f"H should have the same dtype as X. Got H.dtype = {H.dtype}, "
                    f"X.dtype = {X.dtype}."
                )
            # A multiplication cannot leave zero.
            level = 0.0 if self.solver == "cd" else np.sqrt(X.mean() / n_components)
            return np.full((n_samples, n_components), level, dtype=X.dtype), H
        if self.solver == "fast" and self.init is None:
            return None, None  # its own, of few frames
        return make_start(X, n_components, self.init, self.random_state)

    # ---- the work

    def _factorize(self, X, W, H, update_H):
        beta = float(LOSSES.get(self.beta_loss, self.beta_loss))
        data = X.data if hasattr(X, "toarray") else X
        if data.size and data.min() < 0:
            raise ValueError("Negative values in data passed to NMF (input X)")
        if beta <= 0 and self.solver != "fast" and X.min() == 0:
            raise ValueError(
                "When beta_loss <= 0 and X contains zeros, the solver may diverge. Please add "
                "small values to X, or use a positive beta_loss."
            )
        n_components = self._resolved_components(X, W, H)
        W, H = self._start(X, W, H, n_components, update_H)
        fixed = self._fixed(n_components, update_H)
        X = X.toarray() if hasattr(X, "toarray") else X
        transposed = only_transpose_is_rows(X) and update_H and not fixed and self.solver != "fast"
        rows = X.T if transposed else rows_side_by_side(X)
        l1_W, l2_W, l1_H, l2_H = self._penalties(X)
        given = W is not None
        if given:
            W, H = rows_side_by_side(W), rows_side_by_side(H)
        if given and transposed:
            W, H = np.ascontiguousarray(H.T), np.ascontiguousarray(W.T)
        max_iter, tol = self._limits()
        with iteration_listener(self.callback, max_iter) as callback:
            found = _core.factorize(
                rows,
                n_components=n_components,
                w=W,
                h=H,
                beta=beta,
                solver=self.solver,
                start="given" if given else "auto",
                w_first=not transposed,
                max_iter=max_iter,
                tol=tol,
                seed=0 if given else _seed(self.random_state),
                penalties=(l1_H, l2_H, l1_W, l2_W) if transposed else (l1_W, l2_W, l1_H, l2_H),
                fixed=fixed,
                normalize=self.solver == "fast",
                threads=self.n_threads or 0,
                callback=self._iteration_callback(callback),
            )
        if transposed:
            found["w"], found["h"] = found["h"].T, found["w"].T
        if not update_H:
            found["h"] = H
        found["n_iter"] = max(found["iterations"], 1)
        if self.tol > 0 and found["n_iter"] == self.max_iter:
            warnings.warn(
                f"Maximum number of iterations {self.max_iter} reached. Increase it to improve "
                "convergence.",
                ConvergenceWarning,
                stacklevel=3,
            )
        return found

    def _fixed(self, n_components, update_H):
        if not update_H:
            return [True] * n_components
        if self.fixed_components is None:
            return []
        fixed = np.asarray(self.fixed_components)
        if fixed.dtype != bool or fixed.shape != (n_components,):
            raise ValueError(
                f"fixed_components is {_shown(fixed)}, expected ({n_components},) bool"
            )
        if self.init != "custom":
            raise ValueError(
                f"fixed_components with init = {self.init!r}, expected init = 'custom' and an H"
            )
        return fixed.tolist()

    def _limits(self):
        """max_iter and tol; a tol of 1 or more ends a run at its first look."""
        if self.tol < 1:
            return int(self.max_iter), float(self.tol)
        first_look = 1 if self.solver == "cd" else _MU_CHECK_INTERVAL
        return min(int(self.max_iter), first_look), _LARGEST_TOL

    def _iteration_callback(self, callback):
        if not self.verbose:
            return callback

        def show(iteration, objective):
            if iteration % _MU_CHECK_INTERVAL == 0:
                print(f"iteration {iteration}: objective {objective:.6g}")
            return callback(iteration, objective) if callback is not None else False

        return show


def non_negative_factorization(
    X,
    W=None,
    H=None,
    n_components=None,
    *,
    init=None,
    update_H=True,
    solver="cd",
    beta_loss="frobenius",
    tol=1e-4,
    max_iter=200,
    alpha_W=0.0,
    alpha_H="same",
    l1_ratio=0.0,
    random_state=None,
    verbose=0,
    shuffle=False,
):
    """W, H and the number of iterations for X, as `sklearn.decomposition` has it.

    ``update_H=False`` keeps the H given. Everything else: see NMF.

    Examples
    --------
    >>> import numpy as np
    >>> from partwise import non_negative_factorization
    >>> X = np.array([[1, 1], [2, 1], [3, 1.2], [4, 1], [5, 0.8], [6, 1]])
    >>> W, H, n_iter = non_negative_factorization(
    ...     X, n_components=2, init='random', random_state=0)
    >>> W.shape, H.shape
    ((6, 2), (2, 2))
    """
    if not isinstance(update_H, (bool, np.bool_)):
        refuse("update_H", update_H, "True or False")
    model = NMF(
        n_components=n_components,
        init=init,
        solver=solver,
        beta_loss=beta_loss,
        tol=tol,
        max_iter=max_iter,
        random_state=random_state,
        alpha_W=alpha_W,
        alpha_H=alpha_H,
        l1_ratio=l1_ratio,
        verbose=verbose,
        shuffle=shuffle,
    )
    check_parameters(model)
    X = check_array(X, accept_sparse=("csr", "csc"), dtype=_FLOATS)
    found = model._factorize(X, W, H, update_H=bool(update_H))
    return found["w"], found["h"], found["n_iter"]


def _checked_start(A, shape, name):
    A = check_array(A)
    if A.shape != shape:
        raise ValueError(
            f"Array with wrong shape passed to NMF (input {name}). Expected {shape}, but got "
            f"{A.shape} "
        )
    if A.min() < 0:
        raise ValueError(f"Negative values in data passed to NMF (input {name})")
    if A.max() == 0:
        raise ValueError(f"Array passed to NMF (input {name}) is full of zeros.")
    return A


def _seed(random_state):
    """The fast solver's own: None is 0, so that it gives the same every time."""
    if random_state is None:
        return 0
    if isinstance(random_state, Integral):
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31 - 1))
