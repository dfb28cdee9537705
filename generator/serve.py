"""A site on the loopback, with a script in each page that reloads it. The files themselves are never touched."""

import html
import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from generator.errors import WriteError
from generator.render import digest

HOST = "127.0.0.1"
EVENTS = "/--twicetold--"
"""The address that tells pages of builds; no file of a site is called so."""

_BEAT = 15.0
_SCRIPT = """(function () {
  var events = new EventSource("EVENTS?since=NUMBER");
  function clear() { var old = document.getElementById("twicetold-fault"); if (old) { old.remove(); } }
  events.addEventListener("built", function () { location.reload(); });
  events.addEventListener("failed", function (event) {
    clear();
    var box = document.createElement("div");
    box.id = "twicetold-fault";
    box.setAttribute("role", "alert");
    box.textContent = "The last build failed. " + JSON.parse(event.data);
    Object.assign(box.style, { position: "fixed", inset: "auto 0 0 0", zIndex: "99", padding: "12px 20px",
      background: "#7f1d1d", color: "#fff", font: "16px/1.4 sans-serif", whiteSpace: "pre-wrap" });
    document.body.append(box);
  });
})();"""
_NOTHING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No site yet</title></head>
<body><h1>There is no site yet</h1><p>MESSAGE</p></body></html>"""


class Builds:
    """How the last build ended, for the threads that serve pages.

    Attributes:
        number: Integer, how many builds ended well.
        fault: String, the message of the last build, or empty where it ended well.
    """

    def __init__(self) -> None:
        self.number = 0
        self.fault = ""
        self._changes = 0
        self._changed = threading.Condition()

    def end(self, fault: str = "") -> None:
        """Note that a build ended.

        Args:
            fault: String, what went wrong, or empty.
        """
        with self._changed:
            self.fault = fault
            self.number += not fault
            self._changes += 1
            self._changed.notify_all()

    def wait(self, seen: int) -> int:
        """Wait for a build to end, for some seconds at most.

        Args:
            seen: Integer, what this gave the last time; -1 the first time, which never waits.

        Returns:
            Integer, how many builds ended, well or not.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._changes != seen, _BEAT)
            return self._changes


class Server(ThreadingHTTPServer):
    """Serves a site on the loopback.

    Attributes:
        builds: Builds.
    """

    daemon_threads = True

    def __init__(self, site: Path, port: int, builds: Builds) -> None:
        """Begin to listen.

        Args:
            site: Path of the site folder; it need not exist yet.
            port: Integer; 0 takes a free one.
            builds: Builds.

        Raises:
            WriteError: Where the port is taken, or not allowed.
        """
        self.builds = builds
        try:
            super().__init__((HOST, port), partial(_Handler, directory=str(site)))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise WriteError(f"port {port} can't be used: {reason}; name another with --port") from error

    @property
    def address(self) -> str:
        """String, where a browser finds the site."""
        return f"http://{HOST}:{self.server_port}/"


def with_script(page: bytes, number: int) -> bytes:
    """Put the script that reloads a page into it, and let its content security policy allow that.

    Args:
        page: Bytes, HTML in UTF-8.
        number: Integer, the number of the build that made it.

    Returns:
        Bytes.
    """
    script = _SCRIPT.replace("EVENTS", EVENTS).replace("NUMBER", str(number))
    text = page.decode("utf-8")
    policy = f"script-src {digest(script)} "
    text = text.replace("script-src 'none'", "script-src ", 1).replace("script-src ", policy, 1)
    if "connect-src 'self'" not in text.partition("</head>")[0]:
        text = text.replace("base-uri 'none'", "connect-src 'self'; base-uri 'none'", 1)
    return text.replace("</body>", f"<script>{script}</script></body>", 1).encode("utf-8")


class _Handler(SimpleHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("Host", "").rpartition(":")[0] not in (HOST, "localhost"):
            # A foreign name that leads to this machine is another site's way to read the pages.
            self.send_error(HTTPStatus.FORBIDDEN, "Only this machine is served")
            return
        address = urlsplit(self.path)
        if address.path == EVENTS:
            self._tell(parse_qs(address.query).get("since", ["0"])[0])
            return
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix == ".html" or not file.is_file():
            self._send_page(file)
        else:
            super().do_GET()

    def _send_page(self, file: Path) -> None:
        number = self.server.builds.number
        status = HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND
        wanted = file if file.is_file() else Path(self.directory) / "404.html"
        try:
            page = wanted.read_bytes()
        except OSError:
            message = html.escape(self.server.builds.fault or "The first build is under way.")
            page = _NOTHING.replace("MESSAGE", message).encode()
        body = with_script(page, number)
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _tell(self, since: str) -> None:
        """Tell a page of each build, until it is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        builds, seen = self.server.builds, -1
        try:
            while True:
                now = builds.wait(seen)
                if now == seen:
                    event = ": still here\n\n"
                elif builds.fault:
                    event = f"event: failed\ndata: {json.dumps(builds.fault)}\n\n"
                elif str(builds.number) != since:
                    event = "event: built\ndata: 1\n\n"
                else:
                    event = ": nothing new\n\n"
                seen = now
                self.wfile.write(event.encode())
                self.wfile.flush()
        except OSError:
            self.close_connection = True

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Stay quiet: the terminal is for builds."""
