"""Words for the rules of tone: key "rule" or "rule/variant"; a literal per cent sign is doubled."""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.guard.sentences.marking import _

SENTENCES: Mapping[str, str] = {
    "apology-first/missing": _("They are upset, and nothing here says you are sorry. Say so first."),
    "apology-first/late": _("You say you are sorry, but late. Say it before anything else."),
    "apology-first/thanks": _("Thanks come before regret here. The other way round sounds warmer."),
    "no-help-offered": _("This offers no help. Say what you will do, or ask what happened."),
    "hollow-apology/conditional": _("“Sorry if” doubts that it happened. Say you are sorry that it did."),
    "hollow-apology/shifted": _("This is sorry for how they feel, not for what happened."),
    "hollow-apology/but": _("The “but” takes the apology back."),
    "hollow-apology/supposed": _("“May have caused” sounds as if nothing had happened. Name what did."),
    "forbidden-word/problem": _("We do not call it a problem. Say “issue”, or what it is."),
    "forbidden-word/own": _("Your brand does not use this word."),
    "forbidden-word/own-bare": _("Your brand does not use this word. Say it another way."),
    "minimises/little": _("This plays their complaint down. To them it matters."),
    "minimises/normal": _("That it is usual does not help them, and sounds like an excuse."),
    "minimises/calm": _("Nobody calms down by being told to."),
    "minimises/small": _("Small to us, perhaps not to them. Leave out how small it was."),
    "blames/customer": _("This puts the blame on the customer."),
    "blames/doubts": _("This doubts what the customer says."),
    "blames/colleagues": _("This puts the blame on somebody else. To the customer we are one company."),
    "argues/contradicts": _("This argues with the customer. Nobody wins that in public."),
    "argues/dismisses": _("This sends the customer away."),
    "argues/sarcasm": _("This can be read as mockery."),
    "argues/insult": _("This insults the customer. It cannot go out."),
    "argues/threat": _("This threatens the customer. It cannot go out."),
    "public-compensation": _("Offer money or gifts in private: in public, others will ask for the same."),
    "no-question": _("They have not told what happened, and nothing here asks."),
    "too-many-questions": _("%(count)d questions at once are an interrogation. Ask what you need first."),
}

TITLES: Mapping[str, str] = {
    "apology-first": _("Regret comes first"),
    "no-help-offered": _("No help offered"),
    "hollow-apology": _("A hollow apology"),
    "forbidden-word": _("A word we do not use"),
    "minimises": _("Plays the complaint down"),
    "blames": _("Blames or doubts"),
    "argues": _("Argues, mocks or threatens"),
    "public-compensation": _("Compensation in public"),
    "no-question": _("Asks nothing"),
    "too-many-questions": _("Too many questions"),
}
