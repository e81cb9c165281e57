"""The few sentences that scripts say themselves, in the reader's language."""

from __future__ import annotations

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def script_words() -> SafeString:
    words = {
        # the words of inbox.words, for ages and countdowns that go on while the page stands
        "now": _("now"),
        "minutes": _("%(n)d min").replace("%(n)d", "%(n)s"),
        "hours": _("%(n)d h").replace("%(n)d", "%(n)s"),
        "days": _("%(n)d d").replace("%(n)d", "%(n)s"),
        "ago": _("%(span)s ago"),
        "late": _("%(span)s late"),
        "leaves_in": _("Leaves in %(n)d s").replace("%(n)d", "%(n)s"),
        "leaving": _("Leaving now"),
        "left_1": ngettext("%(span)s left", "%(span)s left", 1),
        "left": ngettext("%(span)s left", "%(span)s left", 2),
        # when something goes wrong: what happened, what was kept, what to do
        "offline": _("No connection. What you wrote is kept; try again in a moment."),
        "forbidden": _("Your role does not allow this. A supervisor or an owner can do it for you."),
        "gone": _("It is no longer there. Load the page again."),
        "away": _("The desk is not available for a moment. What you wrote is kept."),
        "broken": _("That did not work, and it is our fault. What you wrote is kept; try again."),
        # drafts
        "kept": _("Kept"),
        "kept_here": _("Kept in this browser; the server does not answer"),
        "not_kept": _("Not kept: try again"),
        "restored": _("Your unsent words are back."),
        "newer_here": _("This browser had newer words than the server."),
        "newer_there": _("You wrote something newer in another browser."),
        "see_other": _("See the others"),
        "replaced": _("The proposal took the place of your words."),
        "back": _("Put them back"),
        "added": _("Added below what you were writing."),
        "other_place": _("These words belong elsewhere. Send or keep what you are writing first."),
        "no_such_way": _("This case cannot be answered that way."),
        # why the button does not send
        "too_long": _("Too long for this network."),
        "stopped": _("The guard stops this reply: see above what to mend."),
        "reason": _("The guard warns: mend it, or say why it should go all the same."),
        "taken": _("A colleague has this case. Take it first."),
        "places": _("Fill in every place of the template."),
        "nothing_written": _("Write the answer first."),
        "ended": _("Tick the box to answer somebody in public with whom the relation is ended."),
        "aloud": _("Tick the box to answer in public what was written in private."),
        # files
        "files_need_words": _("Write a few words to go with the files."),
        "file_on_its_way": _("On its way…"),
        "file_sending": _("A file is still on its way."),
        "file_here": _("%(name)s is attached."),
        "file_lost": _("It did not arrive. Try again."),
        "file_left": _("A file had not arrived yet. Attach it again when you come back."),
        "file_failed": _("A file did not arrive. Try again, or take it out."),
        "file_too_large": _("The file is too large."),
        # the rest
        "choose": _("Choose a case first."),
        "copied": _("Address copied"),
    }
    return json_script(words, "words")
