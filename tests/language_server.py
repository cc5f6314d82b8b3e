"""Speaks to a language server as an editor does: JSON-RPC over its standard input and output."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["LanguageServer"]


class LanguageServer:
    """A language server in a process of its own, with one open document."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._asked = 0
        self._uri = file.as_uri()
        self._lines = file.read_text(encoding="utf-8").splitlines()
        root = file.parent.as_uri()
        folders = [{"uri": root, "name": "study"}]
        self._ask("initialize", {"processId": None, "rootUri": root, "capabilities": {}, "workspaceFolders": folders})
        self._tell("initialized", {})
        document = {"uri": self._uri, "languageId": "toml", "version": 1, "text": "\n".join(self._lines) + "\n"}
        self._tell("textDocument/didOpen", {"textDocument": document})
        self._wait(lambda message: message.get("method") == "textDocument/publishDiagnostics")  # now it has read all

    def suggested(self, mark: str) -> list[str]:
        """What is suggested at the end of the line that ends with `mark`."""
        found = self._ask("textDocument/completion", self._at(mark))
        items = found if isinstance(found, list) else (found or {}).get("items", [])
        return [item["label"] for item in items]

    def hover(self, mark: str) -> str:
        """What is shown over the beginning of the line that ends with `mark`."""
        found = self._ask("textDocument/hover", {**self._at(mark), "position": {**self._place(mark), "character": 1}})
        return str(found["contents"]["value"])

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def _place(self, mark: str) -> dict[str, int]:
        line = next(number for number, text in enumerate(self._lines) if text.endswith(mark))
        return {"line": line, "character": len(self._lines[line])}

    def _at(self, mark: str) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri}, "position": self._place(mark)}

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        answer = self._wait(lambda message: "method" not in message and message.get("id") == self._asked)
        return answer.get("result")

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while not wanted(message := self._receive()):
            if "method" in message and "id" in message:  # it asks us: for settings, for leave
                items = (message.get("params") or {}).get("items", [])
                self._send({"id": message["id"], "result": [None for _ in items] or None})
        return message

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
