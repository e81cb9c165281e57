import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from structlog.contextvars import get_contextvars

from cortafuegos.kit.middleware import ContentSecurityMiddleware, CorrelationMiddleware


@pytest.mark.parametrize(
    ("given", "kept"), [("abcd-1234-efgh", True), ("", False), ("x\ny: injected", False), ("short", False)]
)
def test_each_request_has_an_identifier(given: str, kept: bool) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(get_contextvars()["correlation"])
        return HttpResponse()

    response = CorrelationMiddleware(view)(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert response["X-Request-ID"] == seen[0]
    assert (seen[0] == given) is kept
    assert "correlation" not in get_contextvars()


def test_no_inline_script_and_no_foreign_frame() -> None:
    policy = ContentSecurityMiddleware(lambda _: HttpResponse())(RequestFactory().get("/"))[
        "Content-Security-Policy"
    ]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_may_have_a_policy_of_its_own() -> None:
    own = ContentSecurityMiddleware(lambda _: HttpResponse(headers={"Content-Security-Policy": "own"}))
    assert own(RequestFactory().get("/"))["Content-Security-Policy"] == "own"
