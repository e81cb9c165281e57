"""The worker's reading: the encoder's second look, and what waits moving up."""

from __future__ import annotations

from collections.abc import Callable

from cortafuegos.inbox.actions import crowds, looking
from cortafuegos.inbox.labels.reading import refined
from cortafuegos.kit import clock, log
from cortafuegos.team.models import Brand
from cortafuegos.triage.encoder.wheel import EncoderMissing

logger = log.get(__name__)


def second_look_work() -> Callable[[], float]:
    def work() -> float:
        try:
            return 0.05 if looking.look(clock.now(), refined) else 1.0  # receiving goes first
        except EncoderMissing as missing:
            # The first layer's labels stand; what was claimed comes back by itself.
            logger.warning("encoder.missing", error=str(missing))
            return 600.0

    return work


def ranking_work() -> float:
    for brand_id in Brand.objects.values_list("pk", flat=True):
        looking.rank_again(brand_id, clock.now())
        crowds.mark(brand_id, clock.now())
    return 60.0
