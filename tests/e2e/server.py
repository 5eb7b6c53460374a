"""A small HTTP server on this machine that does what servers do, the hostile ones too.

Standard library only. What each path does stands in ANSWERS.
"""
import base64
import gzip
import http.server
import threading
import time

ENDLESS_PIECE = bytes(1 << 16)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        path = self.path.split("?")[0]
        for prefix, answer in ANSWERS:
            if path.startswith(prefix):
                return answer(self)
        self.whole(b"not found", 404)

    def whole(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def sound(self):
        self.whole(self.server.sound)

    def chunked(self, cut=False):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(self.server.sound), 1000):
            piece = self.server.sound[at:at + 1000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            if cut and at > 3000:
                self.close_connection = True
                return
        self.wfile.write(b"0\r\n\r\n")

    def without_length(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(self.server.sound)
        self.close_connection = True

    def short(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.sound)))
        self.end_headers()
        self.wfile.write(self.server.sound[:len(self.server.sound) // 2])
        self.close_connection = True

    def endless(self):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        for _ in range(1 << 14):  # a gibibyte: more than any limit of the tests
            self.wfile.write(ENDLESS_PIECE)

    def endless_error(self):
        self.send_response(500)
        self.end_headers()
        self.close_connection = True
        for _ in range(1 << 14):
            self.wfile.write(ENDLESS_PIECE)

    def endless_header(self):
        self.send_response_only(200)
        self.flush_headers()
        self.close_connection = True
        for i in range(1 << 16):
            self.wfile.write(b"X-%d: %s\r\n" % (i, b"y" * 1000))

    def slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.close_connection = True
        for _ in range(600):  # a minute
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def silent(self):
        self.close_connection = True
        time.sleep(60)

    def zipped(self):
        self.whole(gzip.compress(self.server.sound), Content_Encoding="gzip")

    def redirect(self):
        """/redirect/CODE/TARGET in base 64."""
        _, _, code, target = self.path.split("?")[0].split("/", 3)
        location = base64.urlsafe_b64decode(target).decode()
        self.whole(b"moved " * 100, int(code), Location=location)

    def count_down(self):
        """/count/N redirects N times."""
        left = int(self.path.rsplit("/", 1)[1])
        if left == 0:
            return self.sound()
        self.whole(b"", 302, Location=f"/count/{left - 1}")

    def nowhere(self):
        self.whole(b"", 302)

    def private(self):
        expected = "Basic " + base64.b64encode(b"user:pa55w0rd").decode()
        if self.headers.get("Authorization") != expected:
            return self.whole(b"", 401, WWW_Authenticate="Basic")
        self.sound()


ANSWERS = [("/sound", Handler.sound), ("/chunked", Handler.chunked),
           ("/cut-chunks", lambda self: self.chunked(cut=True)), ("/short", Handler.short),
           ("/without-length", Handler.without_length), ("/endless-error", Handler.endless_error),
           ("/endless-header", Handler.endless_header), ("/endless", Handler.endless),
           ("/slow", Handler.slow), ("/silent", Handler.silent), ("/zipped", Handler.zipped),
           ("/redirect/", Handler.redirect), ("/count/", Handler.count_down),
           ("/nowhere", Handler.nowhere), ("/private", Handler.private)]


class Server:
    """Runs beside the test; `with Server(sound) as server: server.address("/sound.wav")`."""

    def __init__(self, sound, host="127.0.0.1", context=None):
        self.http = http.server.ThreadingHTTPServer((host, 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # a client that goes away is what is tested
        self.http.sound, self.http.seen = sound, []
        self.scheme = "http"
        if context is not None:
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
            self.scheme = "https"
        self.host, self.port = host, self.http.server_address[1]
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    @property
    def seen(self):
        """(path, headers) of every request."""
        return self.http.seen

    def address(self, path, user=""):
        return f"{self.scheme}://{user}{self.host}:{self.port}{path}"

    def redirect(self, target, code=302):
        """The address that redirects to `target`."""
        return self.address(
            f"/redirect/{code}/{base64.urlsafe_b64encode(target.encode()).decode()}")
