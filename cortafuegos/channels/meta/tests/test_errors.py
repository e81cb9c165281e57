"""Each refusal of the Graph API ends in the right exception, and quotes nothing."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.meta import errors, graph

SECRET_WORDS = "Ana said her number is 600 000 000"


def judged(code, subcode=0, status=400, writing=True, **more):
    said = {"error": {"message": SECRET_WORDS, "code": code, "error_subcode": subcode, **more}}
    problem = errors.problem_of(status, said, 0.0)
    return errors.judge(problem, writing=writing, verdicts=errors.VERDICTS)


@pytest.mark.parametrize(
    ("code", "subcode", "kind", "words"),
    [
        (190, 0, Refused, "access token"),
        (190, 460, Refused, "password"),
        (190, 463, Refused, "expired"),
        (190, 492, Refused, "role on the page"),
        (102, 0, Refused, "access token"),
        (10, 0, Refused, "permission"),
        (200, 0, Refused, "permission"),
        (299, 0, Refused, "permission"),
        (100, 33, errors.Gone, "no longer exists"),
        (803, 0, errors.Gone, "no longer exists"),
        (10, 2018278, errors.OutsideWindow, "Too late"),
        (10, 2534022, errors.OutsideWindow, "Too late"),
        (551, 0, SendError, "cannot be reached"),
        (551, 1545041, SendError, "cannot be reached"),
        (200, 1545041, SendError, "cannot be reached"),
        (10900, 0, SendError, "Meta allows it once"),
        (100, 0, SendError, "error 100"),
        (99999, 7, SendError, "error 99999"),
    ],
)
def test_what_no_retry_helps(code, subcode, kind, words):
    for writing in (True, False):
        told = judged(code, subcode, writing=writing)
        assert isinstance(told, kind)
        assert words in str(told)
        assert SECRET_WORDS not in str(told)
        assert not isinstance(told, SendError) or (told.permanent and not told.lost)


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80000, 80001, 80002, 80006, 80014])
def test_limits_say_when_to_come_back(code):
    told = judged(code)
    assert isinstance(told, SendError)
    assert (told.permanent, told.lost, told.retry_after) == (False, False, errors.WAIT_UNTOLD)


def test_a_block_is_waited_out_not_hammered():
    told = judged(368)
    assert (told.permanent, told.lost, told.retry_after) == (False, False, errors.WAIT_BLOCKED)


@pytest.mark.parametrize(
    ("code", "status", "more"), [(1, 500, {}), (2, 503, {}), (77, 400, {"is_transient": True}), (0, 500, {})]
)
def test_trouble_of_metas_own_leaves_open_what_was_done(code, status, more):
    assert judged(code, status=status, **more).lost
    told = judged(code, status=status, writing=False, **more)
    assert (told.permanent, told.lost) == (False, False)


@pytest.mark.parametrize(
    "said", [None, [], "error", {}, {"error": "no"}, {"error": {"code": "190"}}, {"error": {"code": True}}]
)
def test_an_answer_that_is_not_the_graph_apis(said):
    problem = errors.problem_of(400, said, 0.0)
    assert problem.code == 0
    told = errors.judge(problem, writing=True, verdicts=errors.VERDICTS)
    assert (told.permanent, told.lost) == (False, False)
    told = errors.judge(errors.problem_of(200, said, 0.0), writing=True, verdicts=errors.VERDICTS)
    assert told.lost


def test_a_wait_in_a_header_is_kept_and_bounded():
    for wait, kept in ((240.0, 240.0), (10**9, errors.LONGEST_WAIT)):
        problem = errors.Problem(400, code=80001, wait=wait)
        assert errors.judge(problem, writing=False, verdicts={}).retry_after == kept


@pytest.mark.parametrize(
    ("headers", "rest"),
    [
        ({}, 0),
        ({"x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":25}'}, 0),
        ({"x-app-usage": '{"call_count":99,"total_time":25,"total_cputime":25}'}, 60),
        ({"x-app-usage": '{"call_count":2,"total_time":25,"total_cputime":120}'}, 60),
        ({"x-business-use-case-usage": '{"7":[{"type":"pages","call_count":100,'
          '"estimated_time_to_regain_access":19}]}'}, 1140),
        ({"x-business-use-case-usage": '{"7":[{"type":"messenger","call_count":3,'
          '"estimated_time_to_regain_access":0}],"8":[3,null],"9":5}'}, 0),
        ({"x-app-usage": "{", "x-business-use-case-usage": "[]"}, 0),
        ({"x-app-usage": '{"call_count":"99"}'}, 0),
        ({"x-business-use-case-usage": '{"7":[{"estimated_time_to_regain_access":100000}]}'}, 3600),
    ],
)  # fmt: skip
def test_usage_headers(headers, rest):
    assert graph.rest_of(headers) == rest


@pytest.mark.parametrize(
    "typed",
    ["http://graph.facebook.com", "ftp://x.example", "https://u:p@x.example", "https://x.example/v1",
     "https://x.example?a=b", "https://", "https://[", "javascript:alert(1)", "https://x.example:99999"],
)  # fmt: skip
def test_tokens_travel_to_decent_addresses_only(typed):
    with pytest.raises(ValueError, match=r"."):
        graph.base_address(typed)


def test_addresses_and_versions_as_typed():
    assert graph.base_address("") == graph.ADDRESS
    assert graph.base_address(" http://127.0.0.1:8123/ ") == "http://127.0.0.1:8123"
    assert (graph.version_name(""), graph.version_name("25.0")) == (graph.VERSION, "v25.0")
    for odd in ("v25", "latest", "v٢٥.0", "../v1.0", "v1.0/me"):
        with pytest.raises(ValueError, match="version"):
            graph.version_name(odd)
