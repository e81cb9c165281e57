"""``/in/{public_id}``: what networks push to us.

200 means "on disk". Everything else means "not kept": the network tries again, or gives up where
trying again cannot help.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections import defaultdict
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cortafuegos.channels.capabilities import Shared
from cortafuegos.channels.contract import Delivery, Forged
from cortafuegos.channels.receipts.contract import ADDRESSEE, Arrival
from cortafuegos.channels.registry import UnknownNetwork
from cortafuegos.kit import clock, log
from cortafuegos.kit.crypto import Unsealable
from cortafuegos.web import metrics
from cortafuegos.web.edge.accounts import Accounts, Known
from cortafuegos.web.edge.batcher import Batcher, Full, Unstorable
from cortafuegos.web.edge.link import Unavailable
from cortafuegos.web.edge.sharing import share

_log = log.get(__name__)

BODY_LIMIT = 1_000_000  # bytes
BODY_SECONDS = 10.0  # for the whole body to arrive
MEMORY_LIMIT = 64_000_000  # bytes of bodies held at once, of all callers together
RETRY_AFTER = "5"


class Refused(Exception):
    """This request is not kept; the answer says why."""

    def __init__(self, status: int, outcome: str, sentence: str) -> None:
        super().__init__(outcome)
        self.status, self.outcome, self.sentence = status, outcome, sentence


class Webhooks:
    def __init__(
        self,
        accounts: Accounts,
        batcher: Batcher,
        *,
        body_seconds: float = BODY_SECONDS,
        memory: int = MEMORY_LIMIT,
    ) -> None:
        self._accounts = accounts
        self._batcher = batcher
        self._body_seconds = body_seconds
        self._memory = memory
        self._held = 0

    async def handle(self, request: Request) -> Response:
        correlation = uuid.uuid4()
        started = time.perf_counter()
        network = "unknown"  # never the caller's words: they would grow the metrics without end
        try:
            known = await self._account(request)
            network = known.view.network
            if request.method == "GET":
                return self._challenge(known, request)
            await self._receive(known, request, correlation)
        except Refused as refused:
            metrics.webhooks.labels(network, refused.outcome).inc()
            _log.info("webhook_refused", network=network, outcome=refused.outcome, status=refused.status)
            return self._refusal(refused, correlation)
        metrics.webhooks.labels(network, "kept").inc()
        metrics.webhook_seconds.observe(time.perf_counter() - started)
        return JSONResponse({"kept": str(correlation)}, headers={"X-Request-ID": str(correlation)})

    async def _account(self, request: Request) -> Known:
        try:
            known = await self._accounts.find(request.path_params["public_id"])
        except Unavailable:
            raise Refused(503, "unavailable", "the database does not answer; nothing was kept") from None
        except (Unsealable, UnknownNetwork) as error:
            _log.error("account_unusable", error=type(error).__name__)
            raise Refused(503, "misconfigured", "this installation cannot check signatures") from None
        # Through a shared address a paused account still hears for its sisters.
        if known is None or (known.paused and not isinstance(known.connector, Shared)):
            raise Refused(404, "unknown", "no account listens here")
        if known.removed:
            raise Refused(410, "removed", "this account was removed")
        return known

    def _challenge(self, known: Known, request: Request) -> Response:
        """Some networks first ask, by GET, whether the address is really ours."""
        challenge = getattr(known.connector, "challenge", None)
        if challenge is None:
            raise HTTPException(405, headers={"Allow": "POST"})
        try:
            answer = challenge(known.view, dict(request.query_params))
        except Forged:
            raise Refused(403, "forged", "the challenge does not carry our token") from None
        return JSONResponse(answer) if isinstance(answer, dict) else PlainTextResponse(str(answer))

    async def _receive(self, known: Known, request: Request, correlation: uuid.UUID) -> None:
        chunks: list[bytes] = []
        try:
            await self._read(request, chunks)
            delivery = self._verified(known, Delivery("", b"".join(chunks), _headers(request)))
            now = clock.now()
            parts = await share(self._accounts, known, delivery)
            arrivals = [Arrival(known.brand_id, pk, part, correlation, now) for pk, part in parts]
            await self._batcher.keep(*arrivals)
        except Full:
            raise Refused(503, "full", "too much is arriving at once; nothing was kept") from None
        except Unavailable:
            raise Refused(503, "unavailable", "the database does not answer; nothing was kept") from None
        except Unstorable:
            if any(arrival.account_id != known.view.id for arrival in arrivals):
                self._accounts.forget(known.brand_id)  # a sister went: next time the part stays here
                raise Refused(503, "changed", "an account was removed just now") from None
            raise Refused(410, "removed", "this account was removed") from None
        finally:
            self._held -= sum(map(len, chunks))

    async def _read(self, request: Request, chunks: list[bytes]) -> None:
        """The body, as far as it is allowed to go. What counts is what came, not what was announced."""
        too_large = Refused(413, "too_large", f"the body is larger than {BODY_LIMIT} bytes")
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > BODY_LIMIT:
            raise too_large
        size = 0
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in request.stream():
                    chunks.append(chunk)
                    size += len(chunk)
                    self._held += len(chunk)
                    if size > BODY_LIMIT:
                        raise too_large
                    if self._held > self._memory:
                        raise Full
        except TimeoutError:
            raise Refused(408, "slow", "the body did not arrive in time") from None
        except ClientDisconnect:
            raise Refused(400, "cut", "the body ended early") from None

    def _verified(self, known: Known, delivery: Delivery) -> Delivery:
        """Raises Refused unless the connector vouches for it. What makes the check itself stumble
        is not vouched for."""
        try:
            known.connector.verify(known.view, delivery, clock.now())
        except Forged:
            raise Refused(401, "forged", "the signature is missing, wrong or stale") from None
        except Exception as error:
            _log.exception("verify_stumbled", network=known.view.network, error=type(error).__name__)
            raise Refused(401, "forged", "the signature could not be checked") from None
        try:
            key = known.connector.key(known.view, delivery)
        except Exception:  # signed but unreadable: kept under its own hash, quarantined when read
            key = "sha256:" + hashlib.sha256(delivery.body).hexdigest()
        return replace(delivery, key=key)

    def _refusal(self, refused: Refused, correlation: uuid.UUID) -> Response:
        headers = {"X-Request-ID": str(correlation)}
        if refused.status in (408, 413):  # the rest of the body is not worth reading
            headers["Connection"] = "close"
        if refused.status == 503:
            headers["Retry-After"] = RETRY_AFTER
        said = {"error": refused.outcome, "detail": refused.sentence}
        return JSONResponse(said, refused.status, headers=headers)


def _headers(request: Request) -> dict[str, str]:
    """Lower-cased names; a header given twice is joined, as HTTP says."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in request.headers.items():
        if name != ADDRESSEE:
            found[name].append(value)
    return {name: ", ".join(values) for name, values in found.items()}
