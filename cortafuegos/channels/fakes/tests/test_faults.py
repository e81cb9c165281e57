"""The faults really befall whoever asks, on a real connection."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from cortafuegos.channels.fakes.faults import Fault, Faults, Troubled
from cortafuegos.channels.fakes.serving import serving


class Shop:
    def __init__(self):
        self.sold, self.faults = 0, Faults()

    async def sell(self, request):
        self.sold += 1
        return JSONResponse({"sold": self.sold})

    def app(self):
        return Troubled(Starlette(routes=[Route("/sell", self.sell, methods=["POST"])]), self.faults)


@pytest.fixture
def shop():
    return Shop()


@pytest.fixture
def buy(shop):
    with serving(shop.app()) as address, httpx.Client(base_url=address, timeout=5) as client:
        yield lambda: client.post("/sell")


def test_a_refusal_does_nothing_and_comes_as_often_as_armed(shop, buy):
    shop.faults.arm(on="POST /sell", times=2, status=429, headers={"X-Reset": "9"}, body=b'{"e":1}')
    answers = [buy() for _ in range(3)]
    assert [a.status_code for a in answers] == [429, 429, 200]
    assert (answers[0].headers["x-reset"], answers[0].json()) == ("9", {"e": 1})
    assert shop.sold == 1


def test_a_lost_answer_was_done(shop, buy):
    shop.faults.arm(lost=True)
    with pytest.raises(httpx.RemoteProtocolError):
        buy()
    assert shop.sold == 1
    assert buy().json() == {"sold": 2}


def test_half_a_body_breaks_off(shop, buy):
    shop.faults.arm(half=True)
    with pytest.raises(httpx.RemoteProtocolError):
        buy()
    assert shop.sold == 1


def test_a_wrong_kind_of_answer(shop, buy):
    shop.faults.arm(content_type="text/html")
    assert buy().headers["content-type"] == "text/html"


def test_only_where_it_is_meant_and_not_after_clearing(shop, buy):
    shop.faults.arm(on="GET ", status=500)
    assert buy().status_code == 200
    shop.faults.arm(status=500, times=5)
    shop.faults.clear()
    assert buy().status_code == 200


@pytest.mark.parametrize("times", [0, -1, 10_001])
def test_a_number_of_times_has_bounds(times):
    with pytest.raises(ValueError, match="times"):
        Fault(times=times)
