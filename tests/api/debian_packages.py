#!/usr/bin/env python3
"""Makes the Debian packages of a finished build and looks at them as apt's user would.

PARTWISE_BUILD, PARTWISE_SOURCE, PARTWISE_VERSION, PARTWISE_COMPILER, PARTWISE_CPACK, PARTWISE_CMAKE.
"""
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

BUILD, SOURCE = (pathlib.Path(os.environ["PARTWISE_" + name]) for name in ("BUILD", "SOURCE"))
VERSION, COMPILER, CPACK, CMAKE = (os.environ["PARTWISE_" + name]
                                   for name in ("VERSION", "COMPILER", "CPACK", "CMAKE"))
SOUND = SOURCE / "tests/data/tabla.wav"
SKIPPED = 77  # what CTest is told


def run(*command, **more):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if result.returncode != 0:
        raise AssertionError(f"{command} gave {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


def fields(package):
    text = run("dpkg-deb", "-f", package)
    return dict(re.findall(r"^(\S+): (.*(?:\n .*)*)", text, re.MULTILINE))


def files(package):
    """Name -> (rights, owner) of everything that is no folder."""
    lines = [line.split(None, 5) for line in run("dpkg-deb", "-c", package).splitlines()]
    return {line[5].removeprefix("./"): (line[0], line[1])
            for line in lines if not line[0].startswith("d")}


class DebianPackages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        run(CPACK, "--config", BUILD / "CPackConfig.cmake", "-G", "DEB", "-B", cls.work / "made")
        made = sorted((cls.work / "made").glob("*.deb"))
        cls.development, cls.program = made
        cls.tree = cls.work / "tree"
        for package in made:
            run("dpkg-deb", "-x", package, cls.tree)

    def test_they_are_named_and_described_as_debian_does(self):
        architecture = run("dpkg", "--print-architecture").strip()
        for package, name, section in [(self.program, "partwise", "sound"),
                                       (self.development, "libpartwise-dev", "libdevel")]:
            with self.subTest(package=name):
                self.assertEqual(package.name, f"{name}_{VERSION}-1_{architecture}.deb")
                control = fields(package)
                self.assertEqual(control["Package"], name)
                self.assertEqual(control["Version"], VERSION + "-1")
                self.assertEqual(control["Section"], section)
                self.assertRegex(control["Maintainer"], r"\A[^<>]+ <[^<>@ ]+@[^<>@ ]+>\Z")
                first, *more = control["Description"].splitlines()
                self.assertLess(len(first), 80)
                self.assertGreater(len(more), 3)
                self.assertLessEqual(max(map(len, more)), 80)

    def test_what_they_need_is_what_they_link_and_recommend(self):
        program, development = fields(self.program), fields(self.development)
        for library in ["libc6", "libebur128-1", "libsndfile1", "libsoxr0", "zlib1g"]:
            self.assertRegex(program["Depends"], rf"\b{library} \(>= ")
        self.assertNotRegex(program["Depends"], "curl|ffmpeg|libav|libstdc")
        self.assertRegex(program["Recommends"], r"\bffmpeg\b.*\blibcurl4\b")
        asked = set(re.findall(r"\bpkg_check_modules\(\S+ REQUIRED \S+ (\w+)",
                               (SOURCE / "src/CMakeLists.txt").read_text()))
        self.assertLessEqual({"libebur128", "libhwy", "sndfile", "soxr"}, asked)
        for package in ["zlib1g-dev", "libsndfile1-dev", "libsoxr-dev", "libebur128-dev"]:
            self.assertIn(package, development["Depends"])
        self.assertNotIn("libhwy", development["Depends"])  # headers only: check_symbols.py

    def test_the_program_package_holds_program_manual_and_completions(self):
        expected = {"usr/bin/partwise", "usr/share/man/man1/partwise.1.gz",
                    "usr/share/bash-completion/completions/partwise",
                    "usr/share/zsh/vendor-completions/_partwise",
                    "usr/share/fish/vendor_completions.d/partwise.fish"}
        expected |= {"usr/share/doc/partwise/" + name
                     for name in ["copyright", "changelog.gz", "changelog.Debian.gz"]}
        self.assertEqual(set(files(self.program)), expected)

    def test_the_development_package_holds_all_public_headers_and_libraries(self):
        names = set(files(self.development))
        headers = {"usr/include/partwise/" + path.name
                   for path in (SOURCE / "include/partwise").glob("*.hpp")}
        self.assertEqual({name for name in names if name.startswith("usr/include/")}, headers)
        ends = ["libpartwise.a", "libpartwise_formats.a", "libpartwise_files.a", "libpartwise_outputs.a",
                "libpartwise_codecs.a", "pkgconfig/partwise.pc", "pkgconfig/partwise_codecs.pc",
                "cmake/partwise/partwiseConfig.cmake", "libpartwise-dev/copyright"]
        for end in ends:
            self.assertEqual(len([name for name in names if name.endswith("/" + end)]), 1, end)

    def test_rights_owners_and_sums_are_in_order(self):
        for package in [self.program, self.development]:
            for name, (rights, owner) in files(package).items():
                self.assertEqual(owner, "root/root", name)
                self.assertEqual(rights, "-rwxr-xr-x" if "/bin/" in name else "-rw-r--r--", name)
            control = self.work / package.stem
            run("dpkg-deb", "-e", package, control)
            run("md5sum", "-c", "--quiet", control / "md5sums", cwd=self.tree)
            self.assertEqual({path.name for path in control.iterdir()}, {"control", "md5sums"})
        self.assertNotIn(".symtab", run("readelf", "-S", "-W", self.tree / "usr/bin/partwise"))

    def test_nothing_in_them_names_the_machine_that_built_them(self):
        for path in self.tree.rglob("*"):
            if path.is_file() and path.suffix in {".cmake", ".pc", ".1", ".fish", ".hpp"}:
                self.assertNotIn(str(SOURCE), path.read_text(), path)
                self.assertNotIn(str(BUILD), path.read_text(), path)

    def test_the_changelog_speaks_of_this_version(self):
        with gzip.open(self.tree / "usr/share/doc/partwise/changelog.Debian.gz", "rt") as file:
            self.assertTrue(file.readline().startswith(f"partwise ({VERSION}-1) "))

    def test_the_program_runs_from_where_it_was_unpacked(self):
        out = self.work / "out"
        run(self.tree / "usr/bin/partwise", "decompose", SOUND, "-k", "2", "--max-iter", "5", "-o",
            out)
        self.assertTrue((out / "report.html").is_file())

    def test_they_go_in_and_out_of_a_system_without_a_trace(self):
        root = self.work / "system"
        database = root / "var/lib/dpkg"
        for folder in ["info", "updates", "triggers"]:
            (database / folder).mkdir(parents=True)
        (database / "status").touch()
        dpkg = ["dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--log=/dev/null"]
        run(*dpkg, "-i", self.program, self.development)
        self.assertTrue((root / "usr/bin/partwise").is_file())
        run(*dpkg, "--purge", "partwise", "libpartwise-dev")
        self.assertEqual([path for path in root.rglob("*") if database not in path.parents
                          and path not in [database, *database.parents]], [])

    def test_the_examples_build_on_the_development_package(self):
        run(CMAKE, f"-DPREFIX={self.tree / 'usr'}", f"-DSOURCE={SOURCE}",
            f"-DWORK={self.work / 'examples'}", f"-DCOMPILER={COMPILER}", f"-DSOUND={SOUND}",
            "-P", SOURCE / "tests/api/installed_package.cmake")

    def test_lintian_finds_no_error(self):
        if shutil.which("lintian") is None:
            self.skipTest("lintian is not installed")
        run("lintian", "--allow-root", "--fail-on", "error", self.program, self.development)

    def test_the_source_archive_holds_what_git_has_and_can_be_configured(self):
        if shutil.which("git") is None or not (SOURCE / ".git").exists():
            self.skipTest("this tree is no git checkout")
        run(CMAKE, "--build", BUILD, "--target", "source_archive")
        with tarfile.open(BUILD / f"partwise-{VERSION}.tar.gz") as archive:
            names = {member.name for member in archive if not member.isdir()}
            archive.extractall(self.work / "source")
        tracked = run("git", "-C", SOURCE, "ls-tree", "-r", "--name-only", "-z", "HEAD")
        self.assertEqual(names, {f"partwise-{VERSION}/{name}" for name in tracked[:-1].split("\0")})
        header = re.search(r"^Pocketfft_INCLUDE_DIR:PATH=(.*)$",
                           (BUILD / "CMakeCache.txt").read_text(), re.MULTILINE)[1]
        run(CMAKE, "-S", self.work / f"source/partwise-{VERSION}", "-B", self.work / "configured",
            f"-DPocketfft_INCLUDE_DIR={header}", f"-DCMAKE_CXX_COMPILER={COMPILER}")


if __name__ == "__main__":
    needed = ["dpkg", "dpkg-deb", "dpkg-shlibdeps", "file", "gzip", "readelf"]
    missing = [tool for tool in needed if shutil.which(tool) is None]
    if missing:
        print("no Debian packages are made here, these are missing:", ", ".join(missing))
        sys.exit(SKIPPED)
    unittest.main()
