"""A network with rules, and with every power a connector can have besides.

In private one may write for a day after the person did; then only what was approved beforehand may go.
To what was said in public one may answer in private once. Who did not address us is answered by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import quote, urlsplit

from cortafuegos.channels.capabilities import Closed, Exchange, Permission, Template
from cortafuegos.channels.contract import AccountView, Outgoing, SendError, Sent, Target
from cortafuegos.channels.sandbox.connector import Sandbox

WINDOW = timedelta(hours=24)
TOO_LATE = "Han pasado 24 horas desde su último mensaje."
ONCE = "Aquí se puede escribir en privado una sola vez."
UNINVITED = "No nos habla a nosotros: aquí solo puede contestar una persona."
BACK = Template(
    "back",
    "es",
    "Hola, {{1}}. Tu maleta {{2}} ya está aquí: {{1}}, ven cuando quieras.",
    ("1", "2"),
    "utility",
)
HELLO = Template("hello", "es", "¿Podemos volver a escribirte?", ())


class Strict(Sandbox):
    network = "strict"
    name = "Strict"
    mark = "T"
    poll_seconds = 0

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.filled: list[dict[str, object]] = []
        self.trouble: Exception | None = None

    # --- Permits ---

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        if public:
            if target.ref.get("uninvited"):
                return Permission(Closed.UNINVITED, UNINVITED, by_hand=True)
            return Permission()
        if target.public:
            return Permission(Closed.ONCE, ONCE) if exchange.answers else Permission()
        until = (exchange.heard_at or exchange.said_at) + WINDOW
        if exchange.now >= until:
            return Permission(Closed.WINDOW, TOO_LATE, template=True)
        if exchange.run >= 3:
            return Permission(Closed.WINDOW, "Tres seguidos bastan.")
        return Permission(until=until)

    # --- ByHand ---

    def compose_address(self, account: AccountView, target: Target, text: str) -> str:
        return f"{account.config['address']}/write?to={quote(target.network_id)}&text={quote(text)}"

    def recognise(self, account: AccountView, link: str) -> Sent | None:
        """A post's address is /@handle/posts/7, and whoever wrote it is named in it."""
        parts = urlsplit(link)
        _root, name, _posts, number = (parts.path.split("/") + [""] * 4)[:4]
        if parts.hostname != "strict.example" or name != f"@{account.handle}" or not number.isdecimal():
            return None
        uri = f"{account.network_id.rpartition('/people/')[0]}/posts/{number}"
        return Sent(uri, url=link, ref={"uri": uri, "author": account.network_id})

    # --- Templated ---

    def templates(self, account: AccountView) -> Sequence[Template]:
        if self.trouble:
            raise self.trouble
        return (BACK, HELLO)

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        if outgoing.template:
            self.filled.append(outgoing.template)
        return super().send(account, outgoing)

    # --- Moderates ---

    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        if isinstance(self.trouble, SendError):
            raise self.trouble
        (self.hidden.add if hidden else self.hidden.discard)(target.network_id)


connector = Strict()
