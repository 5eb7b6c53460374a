"""partwise's option table in Python: which options take what, as text for the core, and their words."""

import difflib
import inspect
import textwrap
from numbers import Integral, Real

import numpy as np

from . import _core

TABLE = _core.options()
_BY_NAME = {row["python_name"]: row for row in TABLE}
_PYTHON_NAMES = {row["name"]: row["python_name"] for row in TABLE}

# What concerns a terminal, what save() takes by its place, and what beta_loss says here.
_NOT_OF_ARRAYS = {"output", "quiet", "json", "estimate", "json_progress", "beta"}
_TYPES = {"": "bool", "N": "int", "SAMPLES": "int", "MB": "float", "X": "float", "A,B,...": "list of str",
          "K|auto": "int or 'auto'"}


def _rows(keep):
    return {row["python_name"]: row for row in TABLE
            if row["group"] != "Input" and row["python_name"] not in _NOT_OF_ARRAYS and keep(row)}


SEPARATE = _rows(lambda row: row["group"] != "Output" and row["python_name"] != "only")
SAVE = _rows(lambda row: row["group"] == "Output" or row["python_name"] in ("names", "only"))


def _unknown(function, name, allowed):
    long_name = name.replace("_", "-")
    if _PYTHON_NAMES.get(long_name, name) in allowed:
        hint = f"it is called {_PYTHON_NAMES[long_name]} here"
    elif name == "beta":
        hint = "beta_loss takes a number too"
    elif name in _BY_NAME or long_name in _PYTHON_NAMES:
        other = "save" if name in SAVE else "separate" if name in SEPARATE else None
        hint = f"it is an option of {other}()" if other else "it is for the program alone"
    else:
        near = difflib.get_close_matches(name, allowed, n=1)
        hint = f"did you mean {near[0]}?" if near else "expected one of " + ", ".join(allowed)
    return TypeError(f"{function}() got an unexpected option {name!r}: {hint}")


def _value(name, row, value):
    """The value as the core takes it; text is read as on the command line."""
    expected = row["range"] or "True or False"
    wrong = TypeError(f"{name} is {value!r} ({type(value).__name__}), expected {expected}")
    if row["value"] == "":
        raise wrong
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        raise wrong
    if isinstance(value, Integral):
        value = int(value)
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, Real):
        return float(value)
    if hasattr(value, "__fspath__"):
        return str(value.__fspath__())
    if row["value"] == "A,B,..." and all(isinstance(item, str) for item in value):
        return list(value)
    raise wrong


def as_given(function, options, allowed):
    """(long name, value) of every option that says something: None and False say nothing."""
    given = []
    for name, value in options.items():
        if name not in allowed:
            raise _unknown(function, name, allowed)
        row = allowed[name]
        if value is None:
            continue
        if row["value"] == "" and isinstance(value, (bool, np.bool_)):
            if value:
                given.append((row["name"], True))
        elif name == "beta_loss" and not isinstance(value, str):
            given.append(("beta", _value(name, _BY_NAME["beta"], value)))
        else:
            given.append((row["name"], _value(name, row, value)))
    return given


def _default(row):
    """The default as a value, or None where it depends on the recording or the machine."""
    value = row["default_value"]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def parameters(rows):
    """The options as parameters of a signature, so that help() and a notebook show them."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    return [inspect.Parameter(name, keyword, default=_default(row)) for name, row in rows.items()]


def documented(rows):
    """The options as the lines of a numpydoc section."""
    lines = []
    for name, row in rows.items():
        shown = row["words"] if row["value"] == "N" else map(repr, row["words"])
        choice = row["words"] and "|auto" not in row["value"]
        words = "{" + ", ".join(shown) + "}" if choice else ""
        kind = words or _TYPES.get(row["value"], "str")
        default = _default(row)
        told = repr(default) if default is not None else "None"
        lines.append(f"{name} : {kind}, default={told}")
        text = row["help"]
        text = text[:1].upper() + text[1:] + "."
        if row["range"] and not choice:
            text += f" {row['range']}."
        if default is None and row["default"]:
            text += f" None: {row['default']}."
        lines += textwrap.wrap(text, 96, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)


def with_options(rows, drop=()):
    """A decorator: puts the options into a function's docstring and signature, at {options}."""
    shown = {name: row for name, row in rows.items() if name not in drop}

    def decorate(function):
        signature = inspect.signature(function)
        own = [p for p in signature.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
        function.__signature__ = signature.replace(parameters=own + parameters(shown))
        if function.__doc__:  # not with python -OO
            text = inspect.cleandoc(function.__doc__)
            function.__doc__ = text.replace("{options}", documented(shown))
        return function

    return decorate
