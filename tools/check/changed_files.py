"""Which files a check looks at. Paths are relative to the project's root, which is the working directory."""

import os
import subprocess


def git_lines(*arguments):
    """The lines git prints, without the last empty one; none if it fails."""
    result = subprocess.run(["git", *arguments, "-z"], capture_output=True, text=True, check=False)
    return [line for line in result.stdout.split("\0") if line] if result.returncode == 0 else []


def base_commit():
    """The newest commit that HEAD shares with main, or HEAD where there is no main."""
    for main in ("origin/main", "main"):
        result = subprocess.run(["git", "merge-base", "HEAD", main], capture_output=True, text=True, check=False)
        if result.returncode == 0:
            return result.stdout.strip()
    return "HEAD"


def present(paths):
    return sorted({path for path in paths if os.path.isfile(path) and not os.path.islink(path)})


def untracked_files():
    return git_lines("ls-files", "--others", "--exclude-standard")


def all_files():
    return present(git_lines("ls-files") + untracked_files())


def changed_files():
    """What differs from main, committed or not, and what git does not know yet; deleted files are left out."""
    return present(git_lines("diff", "--name-only", base_commit()) + untracked_files())
