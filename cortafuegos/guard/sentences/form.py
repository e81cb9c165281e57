"""Words for the rules of data, channel and form: key "rule" or "rule/variant"."""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.guard.sentences.marking import _

SENTENCES: Mapping[str, str] = {
    "empty": _("There is nothing to send yet."),
    "too-long": _("Too long for this network by %(over)d."),
    "private-in-public": _("This was asked in private. Answer it in private."),
    "sensitive-data/identity": _("This is an identity or tax number. Everybody would see it: leave it out."),
    "sensitive-data/iban": _("This is a bank account. Everybody would see it: leave it out."),
    "sensitive-data/account": _("This is a bank account. Everybody would see it: leave it out."),
    "sensitive-data/card": _("This is a card number. Everybody would see it: leave it out."),
    "sensitive-data/phone": _(
        "This looks like the customer's telephone. Everybody would see it: leave it out."
    ),
    "sensitive-data/email": _("This looks like a person's e-mail. Everybody would see it: leave it out."),
    "sensitive-data/address": _("This looks like a home address. Everybody would see it: leave it out."),
    "sensitive-data/order": _(
        "With an order number others can act for the customer. Leave it out in public."
    ),
    "sensitive-data/booking": _("With a booking code others can change the booking. Leave it out in public."),
    "sensitive-data/file": _("This number opens the customer's file. Leave it out in public."),
    "sensitive-data/device": _("This is a device's number. Leave it out in public."),
    "sensitive-data/secret": _("Passwords and codes are never written to anybody. Leave it out."),
    "sensitive-data/birth": _("A date of birth is used to identify people. Leave it out in public."),
    "sensitive-data/echo": _(
        "The customer wrote this in public; do not repeat it, and ask them to delete it."
    ),
    "asks-sensitive": _("You ask for personal data in public. Ask for them by direct message."),
    "asks-sensitive/secret": _(
        "Nobody may ask for a password, a PIN or a security code, here or in private."
    ),
    "channel-moves": _("This case has been moved to another channel already. Settle it here."),
    "needless-move/public": _("This can be answered here. Do not send the customer elsewhere without need."),
    "needless-move/private": _(
        "You already talk in private. Settle it here instead of sending the customer elsewhere."
    ),
    "dm-run/many": _("You have sent %(run)d messages in a row. Wait for the customer to answer."),
    "dm-run/alone": _("Each message must be understood by itself. Put it into one, or finish the thought."),
    "undated-promise": _("A follow-up without a time is soon forgotten. Say until when."),
    "links/disguised": _("This link hides where it leads."),
    "links/inner": _("This link works only inside the company."),
    "links/address": _("This link leads to a bare number instead of a name. Nobody should trust it."),
    "links/telltale": _("This link carries a key or personal data. Share one without them."),
    "links/short": _("A shortened link hides where it leads. Share the whole one."),
    "links/open": _("This link is not encrypted. Use https."),
    "links/foreign": _("This link leads out of the brand's own sites."),
    "links/broken": _("This link will not work as it is written."),
    "links/many": _("%(count)d links are many. One is enough."),
    "links/alone": _("A link alone is no answer. Say what they will find there."),
    "shouting/capitals": _("Capitals read as shouting."),
    "shouting/marks": _("One mark is enough."),
    "unreadable/styled": _("Screen readers cannot read these ornamental letters."),
    "unreadable/stretched": _("Stretched words are hard to read."),
    "unreadable/chat": _("Write the whole word: not everybody reads chat spelling."),
    "unreadable/pictures": _("Many pictures in a row are read aloud one by one."),
    "unreadable/long": _("This sentence is very long. Make two of it."),
    "unreadable/wall": _("A long text without a break is hard to read. Make paragraphs."),
    "unreadable/tags": _("So many hashtags are hard to read."),
    "missing-name": _("Call the customer by name."),
    "missing-signature": _("Sign, so that the customer knows who answers."),
    "formality-mismatch/tu": _("This brand addresses its customers as «tú»."),
    "formality-mismatch/usted": _("This brand addresses its customers as «usted»."),
    "formality-mismatch/vos": _("This brand addresses its customers as «vos»."),
    "formality-mismatch/mixed": _("You mix «tú», «usted» or «vos» in one reply."),
    "language-mismatch/es": _("The customer writes in Spanish. Answer in Spanish."),
    "language-mismatch/en": _("The customer writes in English. Answer in English."),
    "language-mismatch/other": _("The customer writes in another language than your reply."),
    "copy-paste/others": _("You have said the same in public to %(others)d others. Put it another way."),
    "copy-paste/again": _("You have told this customer the same before. Put it another way."),
    "billboard/blank": _("Something is still to be filled in here."),
    "billboard/inner": _("This is said among colleagues, not to the customer."),
    "billboard/swearing": _("You would not want to read this word on a billboard beside the brand's name."),
    "billboard/laughter": _("Somebody upset, or many people, will read this laughter as mockery."),
    "billboard/cheer": _("This cheerfulness looks wrong now. Leave it out."),
    "billboard/crisis": _(
        "There is a crisis. Imagine this on a billboard with your name beside it: does it hold?"
    ),
    "billboard/reach": _(
        "%(reach)d people follow this customer. Imagine this on a billboard with your name beside it."
    ),
}

TITLES: Mapping[str, str] = {
    "empty": _("Nothing to send"),
    "too-long": _("Too long for the network"),
    "private-in-public": _("Asked in private, answered in public"),
    "sensitive-data": _("A customer's data in public"),
    "asks-sensitive": _("Asks for data in public"),
    "channel-moves": _("Moved to another channel twice"),
    "needless-move": _("Sent elsewhere without need"),
    "dm-run": _("Too many messages in a row"),
    "undated-promise": _("A promise without a date"),
    "links": _("Links that are unsafe or broken"),
    "shouting": _("Shouting"),
    "unreadable": _("Hard to read"),
    "missing-name": _("The customer's name is missing"),
    "missing-signature": _("The signature is missing"),
    "formality-mismatch": _("Tú, usted and vos mixed up"),
    "language-mismatch": _("Not the customer's language"),
    "copy-paste": _("The same words to everybody"),
    "billboard": _("The billboard test"),
}
