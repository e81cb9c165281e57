"""A named world for pages, screenshots and tests: an airline on a bad afternoon.

Who works there: Pilar (owner), Marta Sanz (supervisor), Lucía and Bruno (agents), Delia (drafter).
Olga owns another brand and must see nothing. Customers: Marta Quiroga has a past and writes in
public and in private; Eusebio waits too long; Zoe writes what no page should obey.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client

from cortafuegos.channels.contract import Attachment, Author
from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions import approvals, cases, drafts, notes
from cortafuegos.inbox.models import Case, Message, Presence, Reply
from cortafuegos.inbox.tests.people import a_post, ago, arrive, say
from cortafuegos.kit import clock
from cortafuegos.people.models import Person
from cortafuegos.team.models import Agent, Brand, Team, User

RLO, ZWSP, NUL = "\u202e", "\u200b", "\x00"
HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> & \"quotes\" 'single'",
    "override": f"Mirad el recibo {RLO}gpj.exe del banco",
    "zero width": "De" + ZWSP * 400 + "spacio",
    "zalgo": "Ma\u0301" + "\u0336\u0301\u0302\u0303\u0304" * 60 + "l",
    "emoji": "😀" * 4000,
    "null": f"corta{NUL}do",
    "javascript": "javascript:alert(1) y http://ejemplo.test/<b>x</b>",
    "braces": "{{ 7*7 }} {% include 'x' %} ${7*7}",
    "one word": "a" * 3000,
}


@dataclass
class World:
    brand: Brand
    pilar: Agent  # owner
    sanz: Agent  # supervisor
    lucia: Agent  # agent, the one who sits at the desk
    bruno: Agent  # agent
    delia: Agent  # drafter
    elsewhere: Brand
    olga: Agent  # owner of another brand
    airports: Team
    help: Account  # the support account, sandbox network
    news: Account  # its sister
    mastodon: Account
    mail: Account
    broken: Account  # refused by its network
    cases: dict[str, Case] = field(default_factory=dict)

    def client(self, agent: Agent, **options: bool) -> Client:
        client = Client(**options)
        client.force_login(agent.user)
        return client

    def url(self, rest: str = "") -> str:
        return f"/b/{self.brand.slug}/{rest}"


def an_agent(brand: Brand, name: str, role: str) -> Agent:
    email = f"{name.split()[0].lower().replace('í', 'i')}@{brand.slug}.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, "faro rojo", name=name)
    return Agent.objects.create(brand=brand, user=user, role=role, signature=name.split()[0])


def an_account(brand: Brand, network: str, handle: str, name: str, **fields: object) -> Account:
    return Account.objects.create(
        brand=brand, network=network, network_id=f"{network}://{handle}", handle=handle, name=name, **fields
    )


def a_world(slug: str = "condor") -> World:
    brand = Brand.objects.create(slug=slug, name="Cóndor Azul")
    elsewhere = Brand.objects.create(slug=f"{slug}-faro", name="Faro Norte")
    team = Team.objects.create(brand=brand, name="Aeropuertos")
    world = World(
        brand=brand,
        pilar=an_agent(brand, "Pilar Otxoa", "owner"),
        sanz=an_agent(brand, "Marta Sanz", "supervisor"),
        lucia=an_agent(brand, "Lucía Fontán", "agent"),
        bruno=an_agent(brand, "Bruno Silva", "agent"),
        delia=an_agent(brand, "Delia Ruiz", "drafter"),
        elsewhere=elsewhere,
        olga=an_agent(elsewhere, "Olga Prieto", "owner"),
        airports=team,
        help=an_account(brand, "sandbox", "condorayuda", "Cóndor Azul Ayuda", is_support=True),
        news=an_account(brand, "sandbox", "condorazul", "Cóndor Azul"),
        mastodon=an_account(brand, "mastodon", "condor@social.test", "Cóndor en Mastodon"),
        mail=an_account(brand, "mail", "ayuda@condor.test", "Correo de Cóndor"),
        broken=an_account(
            brand,
            "bluesky",
            "condor.test",
            "Cóndor en Bluesky",
            state="refused",
            state_reason="token revoked",
        ),
    )
    team.members.add(world.lucia, world.bruno)
    return world


def who(handle: str, name: str, network: str = "sandbox", **fields: object) -> Author:
    return Author(network_id=f"{network}://{handle}", handle=handle, name=name, **fields)  # type: ignore[arg-type]


def marta(world: World) -> Case:
    """A public complaint with two private messages, a colleague's note, an answer, a promise."""
    me = who(
        "martaq", "Marta Quiroga", followers=18_400, verified=True, place="Málaga", bio="Periodista local"
    )
    said = say(
        world.news,
        "Una hora esperando las maletas en Málaga y nadie de Cóndor Azul da la cara. "
        "Viajo con mi madre, que va en silla de ruedas.",
        by=me, at=ago(minutes=72), network_id="post:marta-1", language="es",
        url="https://sandbox.test/post/1",
        attachments=(Attachment("image", "https://img.red.test/cinta7.jpg", alt="La cinta 7, parada"),),
    )  # fmt: skip
    case = said.case
    assert case is not None
    Person.objects.filter(pk=case.person_id).update(
        time_zone="Atlantic/Canary",
        place="Málaga",
        note="Viaja a menudo con su madre. Prefiere que se le escriba.",
    )
    cases.claim(world.lucia, case)
    other = a_post(
        "Igual aquí, y nadie con chaleco azul a la vista",
        by=who("inigo", "Íñigo Arrizabala"), at=ago(minutes=70),
        conversation="post:marta-1", in_reply_to="post:marta-1", addressed=False,
    )  # fmt: skip
    arrive(world.news, other)
    our_answer(
        world,
        case,
        said,
        "Marta, sentimos mucho esta espera, y más con tu madre. ¿Nos das el localizador por mensaje "
        "directo y buscamos vuestra maleta ahora mismo? Lucía",
        minutes=64,
    )
    say(
        world.help,
        "Localizador K7T2 47. Es roja, mediana. Dentro va la medicación de mi madre.",
        by=me,
        at=ago(minutes=60),
        public=False,
        conversation="dm:marta",
        network_id="dm:marta-1",
    )
    notes.write(world.bruno, case, "Operaciones Málaga: maleta en el carro 12, cinta 7 a las 17:35.")
    say(
        world.news,
        "Sigo en la cinta 7 y por privado solo me piden datos. "
        "¿De verdad no hay nadie en todo el aeropuerto?",
        by=me,
        at=ago(minutes=6),
        conversation="post:marta-1",
        in_reply_to="post:marta-1",
        network_id="post:marta-2",
    )
    cases.tag(world.lucia, case, add=["equipaje", "málaga"])
    case.refresh_from_db()
    return case


def our_answer(
    world: World,
    case: Case,
    target: Message,
    text: str,
    minutes: float,
    *,
    state: str = "sent",
    **fields: object,
) -> Reply:
    """An answer of ours as the outbox leaves it, without a network."""
    at = ago(minutes=minutes)
    message = None
    if state == "sent":
        message = Message.objects.create(
            brand=world.brand, case=case, conversation=target.conversation, account=world.help,
            identity=target.identity, agent=world.lucia, network=target.network,
            network_id=f"ours:{case.pk}:{minutes}",
            direction="out", public=target.public, text=text, posted_at=at, url="https://sandbox.test/post/ours",
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(first_answered_at=at)
    return Reply.objects.create(
        brand=world.brand, case=case, conversation=target.conversation, account=world.help, target=target,
        agent=world.lucia, public=target.public, text=text, guard={"verdict": "pass", "findings": []},
        state=state, created_at=at, sent_at=at if state == "sent" else None, message=message, **fields,
    )  # fmt: skip


CUSTOMERS = (
    # handle, name, account, public, minutes ago, words, labels
    "eusebio|Eusebio Lamas|mastodon|private|63|¿Alguien me dice si el vuelo de las 19:10 sale?|",
    "noa|Noa Figueiras|news|public|49|Cincuenta minutos con dos niños ante una cinta vacía|",
    "ramon|Ramón Ezquerra|mastodon|public|41|Me cancelan a última hora y el chat da error|reembolso",
    "inigo2|Íñigo Arrizabala|news|public|36|Igual aquí, y nadie con chaleco azul a la vista|",
    "aitana|Aitana Brull|news|public|29|Pues a mí Lucía me contestó en cinco minutos|gracias",
    "rosalia|Rosalía Pombo|mastodon|private|20|Te mando la foto de la maleta, con el asa arrancada|daños",
    "saul|Saúl Montenegro|mastodon|public|18|Dos estrellas: el vuelo bien, la espera de maletas no|",
    "teo|Teo Valdaura|mastodon|public|12|¿Se puede llevar un violín en cabina?|pregunta",
    "celia|Celia Urrutikoa|mail|private|3|Factura del billete de grupo, catorce personas|",
    "gael|Gael Sotelo|broken|public|2|Perfecto, espero vuestro mensaje con el número|",
    "jo|Jo Whitfield|news|public|9|My connection is gone and nobody here speaks English. What now?|",
)


def busy(world: World) -> World:
    """A desk full of work, as the pictures show it."""
    world.cases["marta"] = marta(world)
    for line in CUSTOMERS:
        handle, name, where, place, minutes, text, tag = line.split("|")
        account: Account = getattr(world, where)
        by = who(handle, name, account.network, followers=120)
        language = "en" if handle == "jo" else "es"
        at = ago(minutes=int(minutes))
        message = say(account, text, by=by, at=at, public=place == "public", language=language)
        assert message.case is not None
        world.cases[handle] = message.case
        if tag:
            cases.tag(world.lucia, message.case, add=[tag])
    for handle in ("eusebio", "noa", "ramon", "rosalia", "celia", "gael"):
        cases.claim(world.lucia, world.cases[handle])
    cases.assign(world.sanz, world.cases["saul"], assignee=world.bruno, team=world.airports)
    cases.assign(world.sanz, world.cases["jo"], assignee=None, team=world.airports)
    cases.snooze(world.lucia, world.cases["celia"], clock.now() + timedelta(hours=20))
    cases.close(world.lucia, world.cases["aitana"])
    drafts.keep(
        world.delia,
        world.cases["teo"],
        mode="public",
        text="Teo, sí: si cabe en las medidas de cabina, viaja contigo. Delia",
    )
    approvals.propose(world.delia, world.cases["teo"])
    ramon = world.cases["ramon"]
    target = Message.objects.get(case=ramon)
    our_answer(
        world,
        ramon,
        target,
        "Ramón, lo sentimos mucho. Te devolvemos el importe hoy mismo. Lucía",
        5,
        state="failed",
        reason="La red no admite la cuenta.",
    )
    Case.objects.filter(pk=ramon.pk).update(failed=True)
    rosalia = world.cases["rosalia"]
    our_answer(
        world,
        rosalia,
        Message.objects.get(case=rosalia),
        "Rosalía, gracias por la foto. La tramitamos ahora. Lucía",
        4,
        state="unknown",
    )
    Presence.objects.create(
        brand=world.brand, case=world.cases["noa"], agent=world.bruno, typing=True, seen_at=clock.now()
    )
    return world


def hostile(world: World) -> Case:
    """One person who writes everything that breaks pages; also her name is bad."""
    zoe = who("zoe", f"Zoe {RLO}nimdA <b>Pérez</b>")
    case = None
    for minutes, text in enumerate(HOSTILE.values()):
        case = say(world.news, text, by=zoe, at=ago(minutes=40 - minutes), conversation="post:zoe").case
    assert case is not None
    world.cases["zoe"] = case
    return case
