"""Logging: one JSON line an event (pretty on a terminal), with no secret and no customer's words.

Name the event and give its facts as keys: `log.info("reply_sent", reply=7, network="mastodon")`.
Keys that carry words or credentials are redacted here, whoever logs them, and so are the known
shapes of credentials inside the lines of libraries.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from cortafuegos.kit import traces

CREDENTIAL_KEY = re.compile(
    r"token|password|passwd|secret|authorization|credential|cookie|api_?key|private_?key|otp"
    r"|signature|sealed|jwt",
    re.IGNORECASE,
)
WORDS_KEY = re.compile(
    r"(^|_)(text|body|html|content|payload|raw|draft|subject|snippet|detail|args|kwargs)$", re.IGNORECASE
)
CREDENTIALS_IN_TEXT = (
    (re.compile(r"(?i)\b(bearer|basic|token)\s+[\w.~+/=-]{8,}"), r"\1 [redacted]"),
    (
        re.compile(
            r"(?i)([\w-]*(?:token|secret|password|passwd|signature|api_?key|code|appsecret_proof)"
            r"[\"']?\s*[=:]\s*[\"']?)[^\s&\"',;)}\]]+"
        ),
        r"\1[redacted]",
    ),
    (re.compile(r"/bot\d+:[\w-]+"), "/bot[redacted]"),  # Telegram's token stands in the path
    # and so do those of our own links, which Django names when it answers 4xx
    (re.compile(r"(/(?:signin|join|setup|password/reset/key)/)[\w-]+"), r"\1[redacted]"),
    (re.compile(r"/(signin|setup|join|reset/key)/[\w-]+"), r"/\1/[redacted]"),  # and ours
    (re.compile(r"://[^\s/:@]+:[^\s/@]+@"), "://[redacted]@"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), "[redacted]"),  # a JSON web token
    (re.compile(r"(?m)^(DETAIL|CONTEXT):.*$"), r"\1: [redacted]"),  # PostgreSQL quotes the row
)
REDACTED = "[redacted]"
# They tell every request at INFO, with its address, and addresses carry tokens.
TALKATIVE = ("httpx", "httpcore", "urllib3", "requests", "asyncio", "a2wsgi", "procrastinate")


def clean_text(text: str) -> str:
    for pattern, instead in CREDENTIALS_IN_TEXT:
        text = pattern.sub(instead, text)
    return text


def redact(_: Any, __: str, event: EventDict) -> EventDict:
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: Any) -> Any:
    if key.startswith("_"):
        return value  # structlog's own
    if CREDENTIAL_KEY.search(key):
        return REDACTED
    if WORDS_KEY.search(key):
        return f"[{len(value)} characters]" if isinstance(value, str | bytes) else REDACTED
    if isinstance(value, Mapping):
        return {str(inner): _clean(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(key, item) for item in value]
    if isinstance(value, str):
        return clean_text(value)
    return value


def _clean_objects(_: Any, __: str, event: EventDict) -> EventDict:
    """What is neither number nor text is written by its repr, which may hold anything."""
    for key, value in event.items():
        if not key.startswith("_") and not isinstance(value, str | int | float | bool | None | list | dict):
            event[key] = clean_text(repr(value))
    return event


def configure(options: Mapping[str, Any] | None = None, stream: TextIO | None = None) -> None:
    """Send everything, structlog's and the standard library's, through one handler.

    Options: `level` (default INFO), `json` (default: when the stream is no terminal).
    """
    options = options or {}
    stream = stream or sys.stderr
    as_json = options.get("json", not stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        traces.add,  # where it failed, with no values
        redact,
        _clean_objects,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: Processor = structlog.dev.ConsoleRenderer(
        colors=True, exception_formatter=structlog.dev.plain_traceback
    )
    if as_json:
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    _route_everything_to(handler, str(options.get("level", "INFO")).upper())


def _route_everything_to(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("django", "django.server", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    # No line for every request: addresses carry tokens and what people search for.
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def get(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


@contextlib.contextmanager
def correlation(identifier: str | None = None, **facts: Any) -> Iterator[str]:
    """Every line logged inside carries the same `correlation` and the facts."""
    identifier = identifier or secrets.token_hex(8)
    with structlog.contextvars.bound_contextvars(correlation=identifier, **facts):
        yield identifier


def bind(**facts: Any) -> MutableMapping[str, Any]:
    """Add facts to every later line of this request or job."""
    return dict(structlog.contextvars.bind_contextvars(**facts))
