"""Who may answer where: the table of what is asked for, what is held, and what is lacking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.team.licence import POSTURES, Holding, Kind, Need, Place, lacking

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
CHANNEL, LANGUAGE, CRISIS = Kind.CHANNEL, Kind.LANGUAGE, Kind.CRISIS
HERE = Place("mastodon", "es", "calm")


def lacks(need, held=(), place=HERE, until=LATER):
    holdings = [Holding(kind, value, until) for kind, value in held]
    return bool(lacking([Need(*need)], holdings, place, NOW))


@pytest.mark.parametrize(
    ("need", "held", "place", "wanting"),
    [
        # a network asks for its certificate there and nowhere else
        ((CHANNEL, "mastodon"), [], HERE, True),
        ((CHANNEL, "bluesky"), [], HERE, False),
        ((CHANNEL, "mastodon"), [(CHANNEL, "mastodon")], HERE, False),
        ((CHANNEL, "mastodon"), [(CHANNEL, "")], HERE, False),
        ((CHANNEL, "mastodon"), [(CHANNEL, "bluesky")], HERE, True),
        ((CHANNEL, "mastodon"), [(LANGUAGE, "mastodon"), (CRISIS, "")], HERE, True),
        # every network
        ((CHANNEL, ""), [], HERE, True),
        ((CHANNEL, ""), [(CHANNEL, "")], HERE, False),
        ((CHANNEL, ""), [(CHANNEL, "mastodon")], HERE, False),
        ((CHANNEL, ""), [(CHANNEL, "bluesky")], HERE, True),
        # languages, whatever the region
        ((LANGUAGE, "es"), [], HERE, True),
        ((LANGUAGE, "es"), [], Place("mail", "es-MX"), True),
        ((LANGUAGE, "es"), [], Place("mail", "ES_ar"), True),
        ((LANGUAGE, "es"), [], Place("mail", "en"), False),
        ((LANGUAGE, "es"), [(LANGUAGE, "es")], Place("mail", "es-MX"), False),
        ((LANGUAGE, "es"), [(LANGUAGE, "en")], HERE, True),
        # postures
        ((CRISIS, "crisis"), [], Place("mail", "es", "watch"), False),
        ((CRISIS, "crisis"), [], Place("mail", "es", "crisis"), True),
        ((CRISIS, "watch"), [], Place("mail", "es", "calm"), False),
        ((CRISIS, "watch"), [], Place("mail", "es", "watch"), True),
        ((CRISIS, "watch"), [], Place("mail", "es", "crisis"), True),
        ((CRISIS, "watch"), [(CRISIS, "")], Place("mail", "es", "crisis"), False),
        ((CRISIS, "crisis"), [(CHANNEL, ""), (LANGUAGE, "es")], Place("mail", "es", "crisis"), True),
        ((CRISIS, "crisis"), [], Place("mail", "es", "crysis"), True),  # a typing error opens no gate
    ],
)
def test_what_is_lacking(need, held, place, wanting):
    assert lacks(need, held, place) is wanting


@pytest.mark.parametrize(("seconds", "wanting"), [(-1, True), (0, True), (1, False)])
def test_a_certificate_ends_at_its_moment(seconds, wanting):
    assert lacks((CHANNEL, ""), [(CHANNEL, "")], until=NOW + timedelta(seconds=seconds)) is wanting


def test_every_certificate_that_is_asked_for_is_needed():
    needs = [Need(CHANNEL, ""), Need(LANGUAGE, "es"), Need(CRISIS, "crisis")]
    held = [Holding(CHANNEL, "", LATER)]
    place = Place("mail", "es", "crisis")
    assert lacking(needs, held, place, NOW) == (Need(CRISIS, "crisis"), Need(LANGUAGE, "es"))


kinds = st.sampled_from(list(Kind))
values = st.sampled_from(["", "mastodon", "mail", "es", "en", "watch", "crisis"])
needs = st.lists(st.builds(Need, kinds, values), max_size=5)
holdings = st.lists(
    st.builds(Holding, kinds, values, st.sampled_from([NOW - timedelta(days=1), LATER])), max_size=5
)
places = st.builds(
    Place, st.sampled_from(["mastodon", "mail"]), st.sampled_from(["es", "en"]), st.sampled_from(POSTURES)
)


@given(needs, holdings, places, st.builds(Holding, kinds, values, st.just(LATER)))
def test_one_more_certificate_never_takes_a_licence_away(asked, held, place, more):
    assert set(lacking(asked, [*held, more], place, NOW)) <= set(lacking(asked, held, place, NOW))


@given(needs, holdings, places)
def test_who_asks_for_nothing_lets_everybody_answer_and_who_asks_lets_nobody_in_for_nothing(
    asked, held, place
):
    assert lacking([], held, place, NOW) == ()
    expired = [one for one in held if one.until <= NOW]
    assert lacking(asked, expired, place, NOW) == lacking(asked, [], place, NOW)
