"""Messages that leave their case for another one, with all that hangs on them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from cortafuegos.inbox.files.carrying import joined
from cortafuegos.inbox.models import Approval, Case, Draft, Message, Mistake, Promise, RelationStep, Reply
from cortafuegos.inbox.rules import SNIPPET_LENGTH, SUBJECT_LENGTH, first_words
from cortafuegos.team.models import Brand


def open_with(case: Case, chosen: Sequence[Message]) -> Case:
    """A new case for these messages of ``case``, in the same hands; they do not move yet. At least one is
    the customer's; they come in the order they were said, with their identities."""
    theirs = [message for message in chosen if message.direction == Message.Direction.IN]
    first, last = theirs[0], theirs[-1]
    brand = Brand.objects.select_for_update(no_key=True).get(pk=case.brand_id)
    new = Case.objects.create(
        brand=brand,
        number=brand.next_case_number,
        subject=first_words(first.subject or first.text, SUBJECT_LENGTH) or case.subject,
        person_id=first.identity.person_id,
        home_id=first.identity.home_id,
        identity=last.identity,
        account_id=last.account_id,
        network=last.network,
        public=last.public,
        assignee_id=case.assignee_id,
        team_id=case.team_id,
        language=first.language,
        quiet=case.quiet,
        snippet=first_words(chosen[-1].text, SNIPPET_LENGTH),
        opened_at=first.posted_at,
        last_message_at=chosen[-1].posted_at,
    )
    brand.next_case_number += 1
    brand.save(update_fields=["next_case_number"])
    return new


def carry(case: Case, into: Case, ids: Sequence[int]) -> None:
    """Move these messages, and what was answered, approved, promised, owned up to and warned of
    about them."""
    mine = {"brand_id": case.brand_id, "case": case}
    replies = Reply.objects.filter(**mine)
    Promise.objects.filter(**mine, reply__message_id__in=ids).update(case=into)
    replies.filter(message_id__in=ids).update(case=into)
    replies.filter(target_id__in=ids, message__isnull=True).update(case=into)
    Approval.objects.filter(**mine, target_id__in=ids).update(case=into)
    Mistake.objects.filter(**mine, message_id__in=ids).update(case=into)
    Message.objects.filter(brand_id=case.brand_id, pk__in=ids).update(case=into)
    warn_instead(into, RelationStep.objects.filter(message__in=ids))


def warn_instead(case: Case, steps: QuerySet[RelationStep]) -> None:
    """These warnings are answers in this case: it is whose case it is who was warned."""
    steps.filter(brand_id=case.brand_id).update(person_id=case.home_id or case.person_id)


def move_drafts(into: Case, drafts: Sequence[Draft]) -> list[int]:
    """A draft goes along. Who was writing in both has the two texts in one. Returns those that
    moved whole."""
    whole = []
    for draft in drafts:
        there = Draft.objects.filter(brand_id=into.brand_id, case=into, agent_id=draft.agent_id).first()
        if there is None:
            draft.case = into
            draft.save(update_fields=["case"])
            whole.append(draft.pk)
        else:
            there.text = f"{there.text}\n\n{draft.text}"
            there.files = joined(there.files, draft.files)
            there.save(update_fields=["text", "files"])
            draft.delete()
    return whole
