"""Addresses are nouns: closing a case is POST to its closure, reopening is DELETE."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from cortafuegos.inbox import advice_urls, answering_urls, asking_urls, network_urls
from cortafuegos.inbox.views import (
    attachments,
    batch,
    cases,
    ending,
    files,
    finding,
    guard,
    joining,
    labels,
    lists,
    posture,
    reading,
    saved,
    tone,
    verbs,
    writing,
)

app_name = "inbox"

case: list[URLPattern | URLResolver] = [
    path("", cases.case, name="case"),
    path("/messages/<int:message_id>", cases.message, name="message"),
    path("/messages/<int:message_id>/labels", labels.labels, name="labels"),
    path("/messages/<int:message_id>/attachments/<int:index>", attachments.attachment, name="attachment"),
    path("/claim", verbs.claim, name="claim"),
    path("/assignment", verbs.assignment, name="assignment"),
    path("/tags", verbs.tags, name="tags"),
    path("/snooze", verbs.snooze, name="snooze"),
    path("/closure", verbs.closure, name="closure"),
    path("/merge", verbs.merge, name="merge"),
    path("/split", verbs.split, name="split"),
    path("/presence", verbs.presence_, name="presence"),
    *advice_urls.case,
    *asking_urls.case,
    *answering_urls.case,
    *network_urls.case,
    path("/notes", writing.note, name="notes"),
    path("/draft", writing.draft, name="draft"),
    path("/proposals", writing.proposals, name="proposals"),
    path("/check", writing.check, name="check"),
    path("/replies", writing.reply, name="replies"),
    path("/replies/<int:reply_id>/cancellation", writing.cancellation, name="cancellation"),
    path("/replies/<int:reply_id>/attempts", writing.attempt, name="attempts"),
    path("/replies/<int:reply_id>/settlement", writing.settlement, name="settlement"),
]
brand: list[URLPattern | URLResolver] = [
    path("inbox/<slug:queue>", lists.listing_page, name="queue"),
    path("inbox/<slug:queue>/changed", lists.changed, name="changed"),
    path("around", lists.around, name="around"),
    path("posture", posture.posture, name="posture"),
    path("search", finding.results, name="search"),
    path("settings/triage", reading.reading, name="triage"),
    path("settings/guard", guard.guard, name="guard"),
    *advice_urls.brand,
    *asking_urls.brand,
    *answering_urls.brand,
    path("files/<uuid:uid>", files.file, name="file"),
    path("palette", finding.palette, name="palette"),
    path("views", saved.save, name="views"),
    path("views/<int:view_id>", saved.remove, name="view"),
    path("people/<int:person_id>/tone", tone.history, name="tone"),
    path("people/<int:person_id>/ending", ending.ending, name="ending"),
    path("people/<int:person_id>/resumption", ending.resumption, name="resumption"),
    path("people/<int:person_id>/last-words", ending.last, name="last_words"),
    path("people/<int:person_id>/warnings/<int:message_id>", ending.warning, name="warning"),
    path("people/<int:person_id>/accounts", joining.joining, name="joining"),
    path("people/<int:person_id>/accounts/apart", joining.telling_apart, name="telling_apart"),
    path("people/<int:person_id>/accounts/<int:joining_id>", joining.separation, name="separation"),
    path("people/<int:person_id>/likeness", joining.likeness, name="likeness"),
    path("people/<int:person_id>/note", saved.person_note, name="person_note"),
    path("cases/batch", batch.batch, name="batch"),
    path("cases/<int:number>", include(case)),
]
urlpatterns = [path("b/<slug:slug>/", include(brand)), *asking_urls.door]
