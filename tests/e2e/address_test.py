#!/usr/bin/env python3
"""An address is fetched as a file would be read, and no server makes more of it than that."""
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import unittest

from server import Server
from support import MALFORMED, PROGRAM, QUICK, RESOURCE_LIMIT, SECONDS_ALLOWED, USAGE, ProgramTest, plucked, wav_bytes

NETWORK = 8
SOUND = wav_bytes(plucked(0.5))
FETCH = os.environ.get("PARTWISE_FETCH", "")


class Address(ProgramTest):
    def setUp(self):
        super().setUp()
        self.server = self.enterContext(Server(SOUND))

    def refused_at(self, path, code=NETWORK, says=(), options=()):
        address = path if "://" in path else self.server.address(path)
        return self.refused(code, "decompose", address, *options, says=says)

    def fetch(self, path, low_speed_s=30.0, total_s=3600.0, max_bytes=1 << 40):
        """The helper that fetches with other limits: (exit code, message)."""
        start = time.monotonic()
        address = path if "://" in path else self.server.address(path)
        result = subprocess.run([FETCH, address, str(low_speed_s), str(total_s), str(max_bytes)],
                                capture_output=True, text=True, timeout=SECONDS_ALLOWED)
        return result.returncode, result.stderr, time.monotonic() - start

    def test_an_address_is_taken_apart_like_a_file(self):
        self.write("sound.wav", SOUND)
        self.decompose("sound.wav", *QUICK, "-o", "file.parts")
        for path in ["/sound.wav", "/chunked/sound.wav", "/without-length/sound.wav"]:
            with self.subTest(path=path):
                self.decompose(self.server.address(path), *QUICK, "--force")
                self.assert_whole("sound.parts")
                mine, file = self.summary("sound.parts"), self.summary("file.parts")
                self.assertEqual(mine["input"], file["input"])
                sums = [{f["name"]: f["sha256"] for f in s["files"] if f["name"].startswith("part")}
                        for s in (mine, file)]
                self.assertEqual(*sums)

    def test_the_request_is_a_plain_get(self):
        self.decompose(self.server.address("/sound.wav?a=b"), *QUICK)
        (path, headers), = self.server.seen
        self.assertEqual(path, "/sound.wav?a=b")
        self.assertEqual(set(headers), {"host", "user-agent", "accept"})
        self.assertRegex(headers["user-agent"], r"\Apartwise/[0-9.]+\Z")

    def test_the_folder_is_named_by_the_fixed_grammar(self):
        for path, folder in [("/sound/My%20Loop!.wav?x=/../y", "My_Loop.parts"),
                             ("/sound/..%2f..%2fetc%2fpasswd", "address.parts"),
                             ("/sound/", "address.parts"),
                             ("/sound/" + "a" * 300 + ".wav", "a" * 64 + ".parts")]:
            with self.subTest(path=path):
                self.decompose(self.server.address(path), "-k", "2", "--max-iter", "2", "--force")
                self.assertEqual([p.name for p in self.folder.iterdir()], [folder])
                shutil.rmtree(self.folder / folder)

    def test_what_the_server_refuses_is_told(self):
        self.refused_at("/nothing", says=["/nothing: the server answers 404, expected 200"])
        self.refused_at("/private/sound.wav", says=["answers 401"])
        self.refused_at("/endless-error", says=["answers 500"])
        self.refused_at("http://127.0.0.1:1/x.wav", says=["http://127.0.0.1:1/x.wav: "])

    def test_credentials_are_sent_and_never_shown(self):
        address = self.server.address("/private/sound.wav?token=t0k3n", user="user:pa55w0rd@")
        result = self.decompose(address, *QUICK, "--json")
        page = (self.folder / "sound.parts/report.html").read_bytes()
        for text in [result.stdout, result.stderr, page]:
            self.assertFalse(b"pa55w0rd" in text or b"t0k3n" in text)
        shutil.rmtree(self.folder / "sound.parts")
        wrong = self.server.address("/private/x.wav?token=t0k3n", user="user:wrong-pa55w0rd@")
        for address in [wrong, wrong.replace("http://", "http://a b:"),
                        self.server.address("/count/9?token=t0k3n", user="user:wrong-pa55w0rd@"),
                        "http://user:wrong-pa55w0rd@127.0.0.1:1/x.wav#t0k3n"]:
            with self.subTest(address=address):
                result = self.program("decompose", address, *QUICK)
                self.assertIn(result.returncode, (USAGE, NETWORK))
                self.assertNotRegex(result.stderr.decode(), "pa55w0rd|t0k3n")

    def test_credentials_stay_with_their_host(self):
        with Server(SOUND) as other:
            start = self.server.redirect(other.address("/sound.wav"))
            self.decompose(start.replace("http://", "http://user:pa55w0rd@"), *QUICK, "-o", "out")
            self.assertIn("authorization", self.server.seen[0][1])
            self.assertNotIn("authorization", other.seen[0][1])

    def test_netrc_and_proxies_are_not_looked_at(self):
        self.write(".netrc", b"machine 127.0.0.1 login user password secret\n")
        environment = {**os.environ, "HOME": str(self.folder), "http_proxy": "http://127.0.0.1:1",
                       "ALL_PROXY": "http://127.0.0.1:1"}
        self.decompose(self.server.address("/sound.wav"), *QUICK, env=environment)
        self.assertNotIn("authorization", self.server.seen[0][1])

    def test_five_redirects_are_followed_and_a_sixth_is_not(self):
        self.decompose(self.server.address("/count/5"), *QUICK)
        self.refused_at("/count/6", says=["it redirects more than 5 times"])
        self.assertEqual(len(self.server.seen), 6 + 6)
        loop = self.server.address("/loop")
        self.refused_at(self.server.redirect(self.server.redirect(loop)), says=["404"])

    def test_every_kind_of_redirect_is_followed(self):
        for code in [301, 302, 303, 307, 308]:
            with self.subTest(code=code):
                self.decompose(self.server.redirect("/sound.wav", code), "-k", "2", "--max-iter",
                               "2", "--force", "-o", "out")

    def test_a_redirect_to_another_scheme_is_not_followed(self):
        secret = self.write("secret.wav", SOUND)
        for target in [f"file://{secret}", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x",
                       "javascript:x", "data:,x", "scp://127.0.0.1/x"]:
            with self.subTest(target=target):
                self.refused_at(self.server.redirect(target), says=["not followed"])
        self.refused_at("/nowhere", says=["redirects to nowhere"])
        self.refused_at(self.server.redirect("/sound", 300), says=["answers 300"])

    def test_a_body_that_ends_too_soon_is_an_error(self):
        self.refused_at("/short/x.wav", says=["ended before the body did"])
        self.refused_at("/cut-chunks/x.wav", says=["ended before the body did"])

    def test_an_endless_body_ends_at_the_limit(self):
        start = time.monotonic()
        self.refused_at("/endless/x.wav", RESOURCE_LIMIT, ["more than 40 MB"],
                        ["--max-memory", "40"])
        self.assertLess(time.monotonic() - start, 60)
        self.refused_at("/endless-header", says=["its header has more than"])

    def test_a_length_above_the_limit_is_refused_at_once(self):
        code, message, _ = self.fetch("/sound.wav", max_bytes=1000)
        self.assertEqual(code, RESOURCE_LIMIT, message)
        self.assertEqual(self.fetch("/sound.wav", max_bytes=len(SOUND))[0], 0)

    def test_slow_servers_are_given_up(self):
        code, message, seconds = self.fetch("/slow", low_speed_s=1)
        self.assertEqual(code, NETWORK)
        self.assertIn("it is too slow", message)
        self.assertLess(seconds, 30)
        for path in ["/slow", "/silent"]:
            code, message, seconds = self.fetch(path, total_s=1)
            self.assertEqual(code, NETWORK)
            self.assertIn("more than 1 s in all", message)
            self.assertLess(seconds, 30)

    def test_a_coding_that_was_not_asked_for_is_refused(self):
        self.refused_at("/zipped/x.wav", says=["coded as gzip"])

    def test_a_page_instead_of_a_sound_is_told_as_one(self):
        self.server.http.sound = b"<!DOCTYPE html><title>Log in</title>"
        self.refused_at("/sound.wav", MALFORMED, ["it is a text file, not sound"])

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        if shutil.which("openssl") is None:
            self.skipTest("openssl is not installed")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                        self.folder / "key", "-out", self.folder / "crt", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True,
                       capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "crt", self.folder / "key")
        with Server(SOUND, context=context) as server:
            self.refused(NETWORK, "decompose", server.address("/sound.wav"), says=["https://"])
            self.assertEqual(server.seen, [])

    def test_a_signal_ends_a_download(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            with subprocess.Popen([PROGRAM, "decompose", self.server.address("/slow")],
                                  cwd=self.folder, stderr=subprocess.PIPE) as process:
                while not self.server.seen:
                    time.sleep(0.02)
                time.sleep(0.3)
                process.send_signal(number)
                self.assertEqual(process.wait(20), 128 + number, process.stderr.read())
            self.server.seen.clear()
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_nothing_is_fetched_when_the_folder_is_taken(self):
        (self.folder / "sound.parts").mkdir()
        (self.folder / "sound.parts/mine").write_text("mine")
        self.refused_at("/sound.wav", 6, ["sound.parts"])
        self.assertEqual(self.server.seen, [])

    def test_other_schemes_and_nonsense_are_usage_errors(self):
        for address in ["ftp://127.0.0.1/x", "file:///etc/passwd", "smb://a/b"]:
            with self.subTest(address=address):
                self.refused(USAGE, "decompose", address, says=["http:// or https://"])
        for address in ["http://", "https://a b/", "http://[::1/x"]:
            with self.subTest(address=address):
                self.refused(USAGE, "decompose", address, says=["https://host/path/song.flac"])


class PublicToPrivate(unittest.TestCase):
    def test_a_redirect_from_the_world_to_this_machine_is_not_followed(self):
        """In a network of its own, where this machine answers for an address of the world."""
        prepare = ["unshare", "--map-root-user", "--net", "--"]
        if shutil.which("unshare") is None or shutil.which("ip") is None or subprocess.run(
                [*prepare, "true"], capture_output=True).returncode != 0:
            self.skipTest("no network namespaces here")
        result = subprocess.run([*prepare, sys.executable, __file__, "inside"],
                                capture_output=True, text=True, timeout=SECONDS_ALLOWED)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


def inside_a_network_of_our_own():
    """Runs where nothing leads out. 203.0.113.1 is of a range for examples, and not local."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "address", "add", "203.0.113.1/32", "dev", "lo"], check=True)

    def fetch(address):
        result = subprocess.run([FETCH, address, "5", "20", "1000000"], capture_output=True,
                                text=True)
        return result.returncode, result.stderr

    with Server(SOUND, "203.0.113.1") as world, Server(SOUND) as here:
        assert fetch(world.address("/sound.wav"))[0] == 0
        assert fetch(here.redirect(world.address("/sound.wav")))[0] == 0
        assert fetch(here.redirect(here.address("/sound.wav")))[0] == 0
        here.seen.clear()
        port = here.port
        twice = world.redirect(world.redirect(here.address("/sound.wav")))
        for address in [world.redirect(here.address("/sound.wav")),
                        world.redirect(f"http://localhost:{port}/sound.wav"),
                        world.redirect(f"http://2130706433:{port}/sound.wav"),
                        world.redirect(f"http://0:{port}/sound.wav"),
                        world.redirect(f"http://[::ffff:127.0.0.1]:{port}/sound.wav"), twice]:
            code, message = fetch(address)
            assert code == NETWORK and "not followed" in message, (address, code, message)
        assert here.seen == [], here.seen


if __name__ == "__main__":
    if sys.argv[1:] == ["inside"]:
        inside_a_network_of_our_own()
    else:
        unittest.main()
