from pathlib import Path

import pytest

from tools import literal_text, messages
from tools.extraction import owner


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    (root / "inbox/templates/inbox").mkdir(parents=True)
    (root / "channels/mail").mkdir(parents=True)
    (root / "inbox/views.py").write_text(
        "from x import gettext as _, ngettext\n_('Case closed')\n"
        "ngettext('%(n)d case', '%(n)d cases', 2)\npgettext('verb', 'Open')\n"
    )
    (root / "channels/mail/read.py").write_text("_('Mailbox')\n")
    (root / "inbox/templates/inbox/list.html").write_text(
        "{% load i18n %}\n   <h1>{% translate 'Cases' %}</h1>\n"
        " {% blocktranslate count n=n %}One{% plural %}{{ n }} many{% endblocktranslate %}\n"
    )
    return root


def translate(po: Path, **words: str) -> None:
    text = po.read_text(encoding="utf-8")
    for english, spanish in words.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{spanish}"')
    po.write_text(text, encoding="utf-8")


def test_update_writes_a_catalogue_for_each_package_and_network(package: Path) -> None:
    list(messages.update(package))
    inbox = messages.entries(messages.read(messages.po_of(package / "inbox")))
    assert set(inbox) == {
        (None, "Case closed"),
        (None, ("%(n)d case", "%(n)d cases")),
        ("verb", "Open"),
        (None, "Cases"),
        (None, ("One", "%(n)s many")),
    }
    assert messages.entries(messages.read(messages.po_of(package / "channels/mail")))
    assert list(messages.update(package)) == [], "nothing changed, nothing is written"


def test_check_tells_what_is_wrong(package: Path) -> None:
    assert any("missing 'Cases'" in line for line in messages.check(package))
    list(messages.update(package))
    assert any("not translated 'Cases'" in line for line in messages.check(package))
    po = messages.po_of(package / "channels/mail")
    translate(po, Mailbox="Buzón")
    assert not any("channels" in line for line in messages.check(package))
    (package / "channels/mail/read.py").write_text("_('Letters')\n")
    told = [line for line in messages.check(package) if "channels" in line]
    assert [line.split(": ")[1].split()[0] for line in told] == ["missing", "obsolete"]


def test_a_wrong_placeholder_is_told(package: Path) -> None:
    (package / "channels/mail/read.py").write_text("_('Mail of %(who)s')\n")
    list(messages.update(package))
    po = messages.po_of(package / "channels/mail")
    po.write_text(
        po.read_text()
        .replace('msgstr ""\n', 'msgstr "Correo de %(quien)s"\n')
        .replace('msgid ""\nmsgstr "Correo de %(quien)s"', 'msgid ""\nmsgstr ""')
    )
    assert any("quien" in line or "placeholder" in line for line in messages.check(package))


def test_a_string_that_moves_takes_its_translation_along(package: Path) -> None:
    list(messages.update(package))
    translate(messages.po_of(package / "channels/mail"), Mailbox="Buzón")
    (package / "inbox/more.py").write_text((package / "channels/mail/read.py").read_text())
    (package / "channels/mail/read.py").unlink()
    list(messages.update(package))
    inbox = messages.entries(messages.read(messages.po_of(package / "inbox")))
    assert inbox[None, "Mailbox"].string == "Buzón"
    assert not messages.po_of(package / "channels/mail").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("inbox/views.py", "inbox"),
        ("channels/mail/send/queue.py", "channels/mail"),
        ("channels/contract.py", "channels"),
        ("settings.py", "."),
    ],
)
def test_owner(package: Path, path: str, expected: str) -> None:
    assert owner(package / path, package) == package / expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p>{% translate 'Hello' %} {{ name }} · 7</p>", []),
        ("<p>\n  Hello {{ name }}</p>", [(2, "Hello")]),
        ("{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}", []),
        ("<a title='Close' href='x'></a>", [(1, "Close")]),
        ("<a aria-label='{% translate \"Close\" %}'></a>", []),
        ("<script>let words = 1</script><style>b{color:red}</style>", []),
        ("<b translate='no'>Mastodon</b><kbd>Ctrl</kbd>", []),
        ("{% comment %}words{% endcomment %}{# words #}<!-- words -->", []),
        ("{% if a %}<p>{% else %}<p class='x'>{% endif %}Oops</p>", [(1, "Oops")]),
        ("<input type='submit' value='Send'>&nbsp;", [(1, "Send")]),
    ],
)
def test_words_that_no_translator_sees(template: str, expected: list[tuple[int, str]]) -> None:
    assert list(literal_text.find(template)) == expected


def test_check_refuses_two_translations_of_one_sentence(package: Path) -> None:
    (package / "channels/mail/read.py").write_text("_('Cases')\n")
    list(messages.update(package))
    translate(messages.po_of(package / "inbox"), Cases="Casos")
    translate(messages.po_of(package / "channels/mail"), Cases="Casos")
    assert list(messages.check_agreement(package)) == []
    po = messages.po_of(package / "channels/mail")
    po.write_text(po.read_text("utf-8").replace("Casos", "Estuches"), "utf-8")
    found = list(messages.check_agreement(package))
    assert len(found) == 1
    assert "'Cases' differently" in found[0]
