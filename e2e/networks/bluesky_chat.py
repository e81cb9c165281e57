"""A small chat service for the tests: what ``chat.bsky.convo`` says, kept in memory.

Calls come through the reference data server, which checks the sender's token and its permission
for direct messages, and names the sender in the token it makes for us. The official SDK parses
every answer in the tests.
"""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
DEFS = "chat.bsky.convo.defs"


class Refusal(Exception):
    pass


class ChatService:
    def __init__(self) -> None:
        self.people: dict[str, str] = {}  # DID to handle
        self.closed_to_strangers: set[str] = set()  # DIDs who take messages only from whom they follow
        self._convos: dict[str, list[str]] = {}
        self._accepted: set[tuple[str, str]] = set()
        self._log: list[tuple[str, str, Json]] = []  # rev, conversation, message
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, me: str, given: Json) -> Json:
        with self._lock:
            return getattr(self, f"_{method}")(me, given)

    def _listConvos(self, me: str, given: Json) -> Json:
        mine = [convo for convo, members in self._convos.items() if me in members]
        return {"convos": [self._view(me, convo) for convo in mine]}

    def _getConvo(self, me: str, given: Json) -> Json:
        return {"convo": self._view(me, self._mine(me, given["convoId"]))}

    def _getConvoForMembers(self, me: str, given: Json) -> Json:
        members = sorted({me, *given["members"]})
        if self.closed_to_strangers & set(members) - {me}:
            raise Refusal("recipient requires incoming messages to come from someone they follow")
        known = next((convo for convo, people in self._convos.items() if people == members), None)
        convo = known or f"3convo{len(self._convos):07d}"
        self._convos[convo] = members
        self._accepted.add((convo, me))
        return {"convo": self._view(me, convo)}

    def _acceptConvo(self, me: str, given: Json) -> Json:
        self._accepted.add((self._mine(me, given["convoId"]), me))
        return {}

    def _sendMessage(self, me: str, given: Json) -> Json:
        convo, rev = self._mine(me, given["convoId"]), self._rev(len(self._log) + 1)
        message = {
            "$type": f"{DEFS}#messageView",
            "id": f"3msg{len(self._log):09d}",
            "rev": rev,
            "sender": {"did": me},
            "sentAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        message |= {name: given["message"][name] for name in ("text", "facets") if name in given["message"]}
        self._accepted.add((convo, me))
        self._log.append((rev, convo, message))
        return message

    def _getMessages(self, me: str, given: Json) -> Json:
        convo = self._mine(me, given["convoId"])
        said = [(rev, message) for rev, where, message in reversed(self._log) if where == convo]
        said = [(rev, message) for rev, message in said if rev < given.get("cursor", "~")]
        page = said[: int(given.get("limit", 50))]
        more = {"cursor": page[-1][0]} if len(page) < len(said) else {}
        return {"messages": [message for _, message in page], **more}

    def _getLog(self, me: str, given: Json) -> Json:
        """Without a cursor: where the log ends. With one: what came after it, a few at a time."""
        if not given.get("cursor"):
            return {"logs": [], "cursor": self._rev(len(self._log))}
        after = [entry for entry in self._log if entry[0] > given["cursor"] and me in self._convos[entry[1]]][
            :3
        ]
        logs = [
            {"$type": f"{DEFS}#logCreateMessage", "rev": rev, "convoId": convo, "message": message}
            for rev, convo, message in after
        ]
        return {"logs": logs, "cursor": after[-1][0] if after else given["cursor"]}

    def _mine(self, me: str, convo: str) -> str:
        if me not in self._convos.get(convo, ()):
            raise Refusal("Convo not found")
        return convo

    def _view(self, me: str, convo: str) -> Json:
        said = [(rev, message) for rev, where, message in self._log if where == convo]
        return {
            "id": convo,
            "rev": said[-1][0] if said else self._rev(0),
            "members": [{"did": did, "handle": self.people[did]} for did in self._convos[convo]],
            "muted": False,
            "status": "accepted" if (convo, me) in self._accepted else "request",
            "unreadCount": 0,
            **({"lastMessage": said[-1][1]} if said else {}),
        }

    def _rev(self, number: int) -> str:
        return f"3rev{number:09d}"


def _handler(service: ChatService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            given: Json = {name: values[0] for name, values in parse_qs(address.query).items()}
            if "members" in given:
                given["members"] = parse_qs(address.query)["members"]
            self._answer(address.path, given)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            self._answer(urlsplit(self.path).path, json.loads(body or b"{}"))

        def _answer(self, path: str, given: Json) -> None:
            claims = self.headers["authorization"].split(".")[1]
            me = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["iss"]
            try:
                status, body = 200, service.answer(path.rpartition(".")[2], me, given)
            except Refusal as refusal:
                status, body = 400, {"error": "InvalidRequest", "message": str(refusal)}
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: object) -> None:
            pass

    return Handler
