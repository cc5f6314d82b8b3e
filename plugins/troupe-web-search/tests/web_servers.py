# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Real HTTP servers on loopback: pages good and bad, a SearXNG, and a search engine that `ddgs` can read."""

import gzip
import json
import ssl
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

__all__ = ["DOCUMENTS", "WebServer", "page"]

DOCUMENTS = {
    "tills": ("A shop without tills", "People walk in and out of the shop. Nobody scans anything at all."),
    "bakery": ("The old bakery", "The bakery on the corner closes after ninety years. Its bread was dark and heavy."),
    "library": ("Night at the library", "The library stays open at night. Students bring bread, coffee and blankets."),
}
"""What all providers are tried with: the same three documents."""


def page(title, *paragraphs):
    """A page as a newspaper would write it."""
    told = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    head = f"<head><title>{escape(title)}</title></head>"
    return f"<html>{head}<body><article><h1>{escape(title)}</h1>{told}</article></body></html>"


class WebServer:
    """Serves what `pages` holds: by path, a status, headers and a body, or a function that is handed the request."""

    def __init__(self, certificate=None):
        self.pages = {f"/{name}.html": html(page(*told)) for name, told in DOCUMENTS.items()}
        self.pages["/search"] = self.searxng
        self.pages["/html/"] = self.engine
        self.asked = []
        self.headers = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def found(self, query):
        """The documents with one of these words, as a search engine that knows them would rank them."""
        words = set(query.lower().split())
        fits = {name: len(words & set(_words(told))) for name, told in DOCUMENTS.items()}
        return sorted((name for name in fits if fits[name]), key=lambda name: -fits[name])

    def searxng(self, request):
        """Answers as SearXNG does with ``format=json``."""
        query = parse_qs(urlsplit(request.path).query)
        assert query["format"] == ["json"]
        results = [
            {
                "url": f"{self.address}/{name}.html",
                "title": DOCUMENTS[name][0],
                "content": DOCUMENTS[name][1],
                "engine": "wikipedia",
                "score": 1.0,
                "category": "general",
                "publishedDate": None,
            }
            for name in self.found(query["q"][0])
        ]
        answer = {"query": query["q"][0], "number_of_results": 0, "results": results, "unresponsive_engines": []}
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    def engine(self, request):
        """Answers with a list of results in the shape in which `ddgs` reads one of its engines."""
        length = int(request.headers.get("Content-Length", 0))
        query = parse_qs(request.rfile.read(length).decode())["q"][0]
        results = "".join(
            f'<div class="result"><div class="body"><h2>{DOCUMENTS[name][0]}</h2>'
            f'<a href="{self.address}/{name}.html">{DOCUMENTS[name][1]}</a></div></div>'
            for name in self.found(query)
        )
        return html(f"<html><body><div>{results}</div></body></html>")


def html(text, charset="utf-8", said="utf-8"):
    """A page as a server sends it."""
    return 200, {"Content-Type": f"text/html; charset={said}" if said else "text/html"}, text.encode(charset)


def packed(data, kind="text/html"):
    """Bytes as a server sends them gzipped."""
    return 200, {"Content-Type": kind, "Content-Encoding": "gzip"}, gzip.compress(data)


def leads_to(where, status=302):
    """A redirect."""
    return status, {"Location": where}, b""


def _words(told):
    return "".join(each if each.isalnum() else " " for each in " ".join(told).lower()).split()


def _handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            server.asked.append(self.path)
            server.headers.append(dict(self.headers))
            there = server.pages.get(urlsplit(self.path).path, (404, {}, b""))
            try:
                answer = there(self) if callable(there) else there
                if answer is not None:
                    self._send(*answer)
            except OSError:
                self.close_connection = True

        def do_POST(self):
            self.do_GET()

        def _send(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
