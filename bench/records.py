"""Results as lines of JSON: a run that was stopped goes on where it was."""

import hashlib
import json
import os


def file_id(path):
    """A short name of the bytes of a program: results of another build do not count."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:12]


class Records:
    def __init__(self, path):
        self.path = path
        self.lines = []
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        if os.path.exists(path):
            with open(path) as file:
                for line in file:
                    try:
                        self.lines.append(json.loads(line))
                    except json.JSONDecodeError:
                        pass  # the line that was being written when the run was stopped

    def find(self, **key):
        """The last record with these fields, or None."""
        for line in reversed(self.lines):
            if all(line.get(name) == value for name, value in key.items()):
                return line
        return None

    def all(self, **key):
        return [line for line in self.lines if all(line.get(name) == value for name, value in key.items())]

    def add(self, record):
        self.lines.append(record)
        with open(self.path, "a") as file:
            file.write(json.dumps(record) + "\n")
        return record
