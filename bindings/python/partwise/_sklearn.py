"""The differences between scikit-learn 1.2 and 1.6, in one place."""

from sklearn.base import BaseEstimator

try:
    from sklearn.utils.validation import validate_data  # 1.6 and later
except ImportError:

    def validate_data(estimator, X, **rules):
        return estimator._validate_data(X, **rules)


class PositiveInputTags(BaseEstimator):
    """Says, in the words of each version, that X is nonnegative and keeps its float dtype."""

    def _more_tags(self):
        return {"requires_positive_X": True, "preserves_dtype": ["float64", "float32"]}

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = True
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
