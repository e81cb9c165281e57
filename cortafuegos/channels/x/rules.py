"""X's limits and rules, as data. Read on 2026-11-22 from the network's own developer pages: counting
characters, rate limits, timelines, direct messages, media; the reply rule from its forum announcement.
"""

from __future__ import annotations

from datetime import date, timedelta

from cortafuegos.channels.files import Files

READ_ON = date(2026, 11, 22)

POST_LENGTH = 280  # weighted, see weight.py; longer posts of paying accounts are read, not written
LINK_LENGTH = 23
MESSAGE_LENGTH = 10_000  # characters of a direct message

# Self-serve plans (free, basic, pro, pay-per-use) may answer through the interface only a post whose
# author mentioned the account in it, or quoted a post of the account's. Enterprise contracts are free of it.
REPLY_RULE_SINCE = date(2026, 2, 23)

PAGE = 100  # the most that mentions, timelines, searches and messages give at once
MENTIONS_REACH = 800  # the mentions timeline ends there; search reaches further
SEARCH_REACH = timedelta(days=7)
MESSAGES_REACH = timedelta(days=30)

# Requests of one user in 15 minutes.
WINDOW = timedelta(minutes=15)
PER_WINDOW = {
    "GET /2/users/me": 75,
    "GET /2/users/mentions": 300,
    "GET /2/users/tweets": 900,
    "GET /2/tweets": 5_000,
    "GET /2/tweets/search/recent": 300,
    "GET /2/dm_events": 15,
    "GET /2/dm_conversations": 15,
    "POST /2/tweets": 100,
    "DELETE /2/tweets": 50,
    "PUT /2/tweets/hidden": 50,
    "POST /2/dm_conversations": 15,
    "DELETE /2/dm_events": 300,
    "POST /2/media/upload": 500,
    "POST /2/media/metadata": 500,
}
WITHOUT_HEADERS = 60.0  # seconds to wait when a 429 does not say how long

ACCESS_LASTS = timedelta(hours=2)  # of an OAuth 2 access token
RENEW_BEFORE = timedelta(minutes=30)

IMAGES_PER_POST = 4
MEDIA_PER_MESSAGE = 1
LARGEST = {"image": 5_000_000, "gif": 15_000_000, "video": 512_000_000}  # bytes
ALT_LENGTH = 1_000

_SIZES = {
    **dict.fromkeys(("image/jpeg", "image/png"), LARGEST["image"]),
    "image/gif": LARGEST["gif"],
    **dict.fromkeys(("video/mp4", "video/quicktime"), LARGEST["video"]),
}


def files(*, public: bool) -> Files:
    most = IMAGES_PER_POST if public else MEDIA_PER_MESSAGE
    return Files(READ_ON, _SIZES, most, alone=frozenset({"image/gif", "video/*"}), alt=ALT_LENGTH)
