"""librosa.decompose.decompose by librosa's signature, with partwise's NMF."""

import numpy as np

__all__ = ["decompose"]


def decompose(S, *, n_components=None, transformer=None, sort=False, fit=True, **kwargs):
    """Components (..., F, K) and activations (K, T) of a spectrogram S (..., F, T).

    Parameters
    ----------
    S : array of shape (..., F, T)
        Nonnegative; several channels share their activations.
    n_components : int, default=None
        K; None: F.
    transformer : object with fit_transform, transform and components_, default=None
        None: `partwise.NMF(n_components, **kwargs)`.
    sort : bool, default=False
        Components in the order of their peak bins; for one channel.
    fit : bool, default=True
        False: `transformer` was fitted before, and only activations are sought.

    Examples
    --------
    >>> import numpy as np
    >>> from partwise import decompose
    >>> S = np.abs(np.random.RandomState(0).randn(65, 30))
    >>> W, H = decompose(S, n_components=4, sort=True, max_iter=500)
    >>> W.shape, H.shape
    ((65, 4), (4, 30))
    """
    S = np.asanyarray(S)
    if S.ndim < 2:
        raise ValueError(f"S is {S.shape} {S.dtype}, expected bins and frames")
    if sort and S.ndim > 2:
        raise ValueError(f"sort=True with S {S.shape}, expected one channel (bins, frames)")
    if transformer is None:
        if not fit:
            raise ValueError("fit=False without a transformer, expected one that was fitted")
        from .nmf import NMF

        K = S.shape[-2] if n_components is None else n_components
        transformer = NMF(n_components=K, **kwargs)
    frames = S.T.reshape((S.shape[-1], -1), order="F")  # no copy where S lies in C order
    found = transformer.fit_transform(frames) if fit else transformer.transform(frames)
    activations, components = found.T, transformer.components_.T
    if S.ndim > 2:
        unrolled = components.reshape(S.shape[-2::-1] + (-1,), order="F")  # (F, ..., C, K)
        components = unrolled.transpose(*range(S.ndim - 2, -1, -1), S.ndim - 1)
    if sort:
        order = np.argsort(np.argmax(components, axis=0), kind="stable")
        components, activations = components[:, order], activations[order]
    return components, activations
