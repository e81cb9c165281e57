"""A brand with a row of everything, for what goes out and comes in."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from cortafuegos.channels.models import Account
from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.files.carrying import entry
from cortafuegos.inbox.models import (
    Approval,
    Case,
    CasePlaybook,
    Conversation,
    Deadline,
    DeliveryStatus,
    Department,
    Draft,
    Event,
    File,
    FileBody,
    Intervention,
    Joining,
    Message,
    Mistake,
    Note,
    Promise,
    Question,
    RelationStep,
    Reply,
    ReplyPolicy,
    SavedView,
    Unlike,
)
from cortafuegos.kit import crypto
from cortafuegos.knowledge.models import Playbook, PlaybookVersion
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.certificates import Certificate, CertificateNeed
from cortafuegos.team.models import Agent, Brand, Team, User
from cortafuegos.training.models import Course, CourseVersion

AT = datetime(2026, 3, 3, 10, 0, 0, 120_000, tzinfo=UTC)  # its microseconds end in noughts


def make(slug):
    """A brand with a row of everything, and something odd in each."""
    brand = Brand.objects.create(slug=slug, name="Aerolíneas Cóndor", next_case_number=12)
    people = ((f"lucia@{slug}.example", "Lucía"), (f"bea@{slug}.example", "Bea"))
    users = [User.objects.create_user(email, "a password", name=name) for email, name in people]
    lucia, bea = (
        Agent.objects.create(brand=brand, user=user, role=role, signature="L\u202eC")
        for user, role in zip(users, ("owner", "drafter"), strict=True)
    )
    team = Team.objects.create(brand=brand, name="Equipajes")
    team.members.add(lucia, bea)
    account = Account.objects.create(
        brand=brand,
        network="mastodon",
        network_id=f"https://social.example/@{slug}",
        handle=slug,
        name="Cóndor",
        sealed=crypto.seal({"token": "a very secret token"}),
        opening_hours={"mon": [["09:00", "20:00"]]},
        config={"deep": [{"ñ": None}]},
        last_ok_at=AT,
    )
    person = Person.objects.create(brand=brand, name="Ana Gil", note="Prefiere que la llamen")
    identity = Identity.objects.create(
        brand=brand, person=person, network="mastodon", network_id="https://social.example/@ana", handle="ana"
    )
    conversation = Conversation.objects.create(
        brand=brand, account=account, network="mastodon", key="root", public=True, last_at=AT
    )
    common = {"brand": brand, "person": person, "identity": identity, "account": account}
    common |= {"network": "mastodon", "public": True, "opened_at": AT, "last_message_at": AT}
    case = Case.objects.create(
        **common, number=10, subject="Maleta", snippet="…", assignee=lucia, team=team, tags=["vip", 'a"b,{}']
    )
    Case.objects.create(
        **common, number=11, subject="Otra", snippet="", state="merged", merged_into=case, closed_at=AT
    )
    said = {"brand": brand, "conversation": conversation, "account": account, "identity": identity}
    said |= {"network": "mastodon", "public": True, "case": case}
    first = Message.objects.create(
        **said,
        network_id="https://social.example/1",
        direction="in",
        text="Perdí\n\tmi \\maleta\\ 🧳",
        posted_at=AT,
        attachments=[{"kind": "image", "url": "https://social.example/1.png"}],
        versions=[{"text": "antes", "until": "2026-03-03T10:00:00+00:00"}],
        ref={"id": 2**53 + 1},
        receipt_id=99,
    )
    second = Message.objects.create(
        **said,
        network_id="https://social.example/2",
        direction="out",
        text="Lo miramos",
        posted_at=AT,
        agent=lucia,
    )
    step = {"brand": brand, "person": person, "agent": lucia, "at": AT}
    RelationStep.objects.create(**step, kind="warned", message=second)
    RelationStep.objects.create(
        **step, kind="ended", reason="Amenazas", override="Graves", data={"warnings": 0, "quieted": 1}
    )
    Person.objects.filter(pk=person.pk).update(ended_at=AT)
    Case.objects.filter(pk=case.pk).update(quiet=True)
    elsewhere = Person.objects.create(brand=brand, name="Ana G.", joined_into=person, joined=True)
    by_mail = Identity.objects.create(
        brand=brand, person=person, home=elsewhere, network="mail", network_id="ana@x.example", handle="ana"
    )
    tie = {"brand": brand, "agent": lucia, "at": AT}
    grounds = [{"kind": "mail", "who": "here", "where": "private"}]
    Joining.objects.create(**tie, one=person, other=elsewhere, newest=case, grounds=grounds)
    Unlike.objects.create(**tie, one=identity, other=by_mail)
    Case.objects.filter(pk=case.pk).update(home=person)
    Note.objects.create(brand=brand, case=case, agent=bea, text="Ojo, periodista")
    file = File.objects.create(
        brand=brand, agent=bea, uid=uuid.uuid4(), name="cinta.jpg", media_type="image/jpeg", size=7
    )
    FileBody.objects.create(brand=brand, file=file, body=b"\xff\xd8\xff\0 no")
    hangs = [entry(file.uid, file.name, file.media_type, file.size, "La cinta 7")]
    place = {"brand": brand, "case": case, "target": first, "account": account}
    Draft.objects.create(**place, agent=bea, text="Hola", files=hangs)
    answer = {"brand": brand, "case": case, "conversation": conversation, "account": account, "public": True}
    answer |= {"target": first, "agent": lucia, "guard": {"verdict": "pass", "findings": []}}
    Reply.objects.create(**answer, text="Lo miramos", state="sent", sent_at=AT, message=second)
    Reply.objects.create(**answer, text="Otra cosa", state="failed", drafted_by=bea, reason="too long")
    DeliveryStatus.objects.create(
        brand=brand, network="mastodon", network_id="https://social.example/2", step=3, at=AT
    )
    Deadline.objects.create(
        brand=brand, case=case, kind="answer", due_at=AT + timedelta(hours=1), state="missed"
    )
    advice = {"title": {"es": "Retraso"}, "steps": [{"id": "a", "advice": {"es": "«Haz» algo"}}]}
    playbook = Playbook.objects.create(brand=brand, slug="delay", active=False)
    version = PlaybookVersion.objects.create(
        brand=brand, playbook=playbook, number=3, body=advice, author=bea, created_at=AT
    )
    CasePlaybook.objects.create(
        brand=brand,
        case=case,
        playbook=playbook,
        version=version,
        marks={"a": {"left_out": "ya"}},
        chosen_at=AT,
    )
    Promise.objects.create(
        brand=brand,
        case=case,
        agent=lucia,
        team=team,
        text="Mañana",
        due_at=AT,
        back_at=AT,
        made_at=AT,
        reply=Reply.objects.filter(brand=brand).first(),
    )
    department = Department.objects.create(
        brand=brand, name="Almacén", ladder=[{"name": "Rosa", "email": "rosa@condor.example", "hours": 4}]
    )
    Question.objects.create(
        brand=brand, case=case, department=department, agent=lucia, text="¿Dónde?", answer="Aquí",
        asked_at=AT, due_at=AT, rung_due_at=AT, state="answered", answered_by="Rosa", answered_at=AT,
        steps=[{"kind": "asked", "who": "Rosa", "at": "2026-03-03T10:00:00+00:00", "until": ""}],
    )  # fmt: skip
    Intervention.objects.create(
        brand=brand,
        message=second,
        account=account,
        agent=lucia,
        kind="withdraw",
        reason="Error",
        state="done",
    )
    asked = {"brand": brand, "case": case, "agent": bea, "account": account, "target": first, "public": True}
    Approval.objects.create(
        **asked, text="¿Así?", reasons=["role", "reach"], state="approved", asked_at=AT, due_at=AT,
        decided_at=AT, decided_by=lucia, done_at=AT, reply=Reply.objects.filter(brand=brand).first(),
    )  # fmt: skip
    Mistake.objects.create(
        brand=brand, case=case, message=second, agent=lucia, cause="person", what="Era para otra",
        reported_at=AT, apology=Reply.objects.filter(brand=brand).first(), apologised_at=AT,
        stays="Ya está citada", learnt="Mirar el nombre", closed_at=AT, closed_by=bea,
    )  # fmt: skip
    Event.objects.create(brand=brand, kind="case.claimed", case=case, agent=lucia, data={"x": 1.5}, at=AT)
    Event.objects.create(brand=brand, kind="brand.made", at=AT)
    SavedView.objects.create(brand=brand, owner=lucia, name="Mías", query="assignee=me")
    SavedView.objects.create(brand=brand, name="De todos", query="")
    _rules_and_licences(brand, lucia, bea)
    return brand


def _rules_and_licences(brand, lucia, bea):
    GuardPolicy.objects.create(
        brand=brand, rules={"links": "off"}, forbidden={"lío": ""}, names=["Ñu, «S.A.»"]
    )
    ReplyPolicy.objects.create(brand=brand, hold_seconds=7, approval_rules={"network": "public"})
    CertificateNeed.objects.create(brand=brand, kind="channel", value="mastodon")
    course = Course.objects.create(brand=brand, slug="escribir", kind="channel", value="mastodon", months=6)
    CourseVersion.objects.create(
        brand=brand,
        course=course,
        number=2,
        content={"es": {"title": "Escribir"}},
        made_by=bea,
        created_at=AT,
    )
    Certificate.objects.create(
        brand=brand,
        agent=bea,
        kind="channel",
        value="mastodon",
        granted_by=lucia,
        reason="Años de oficio",
        issued_at=AT,
        expires_at=AT + timedelta(days=90),
    )
