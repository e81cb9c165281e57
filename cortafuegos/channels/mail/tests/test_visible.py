from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.mail.visible import html_to_text, trim

GMAIL = "El lun, 2 nov 2026 a las 18:02, Lumbre (<ayuda@lumbre.test>) escribió:"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hola", "Hola"),
        (f"Nuevo\n\n{GMAIL}\n\n> Viejo\n>\n> Más viejo", "Nuevo"),
        (
            "Nuevo\n\nEl lun, 2 nov 2026 a las 18:02, Lumbre (\n<ayuda@lumbre.test>)\nescribió:\n> Viejo",
            "Nuevo",
        ),
        ("New\n\nOn Mon, Nov 2, 2026 at 6:02 PM Lumbre <a@l.test> wrote:\n> Old", "New"),
        ("Novo\n\nEm seg., 2 de nov. de 2026 às 18:02, Lumbre <a@l.test> escreveu:\n> Velho", "Novo"),
        (f"{GMAIL}\n> Viejo\n\nRespondo debajo", "\nRespondo debajo".strip()),
        (
            "> ¿Su DNI?\nNo lo doy\n> ¿Y el teléfono?\nTampoco",
            "> ¿Su DNI?\nNo lo doy\n> ¿Y el teléfono?\nTampoco",
        ),
        ("Arriba\n> cita\nAbajo", "Arriba\n> cita\nAbajo"),
        ("> solo una cita", "> solo una cita"),
        ("Nuevo\n-----Mensaje original-----\nDe: Lumbre\nViejo sin marcar", "Nuevo"),
        (
            "Nuevo\n\n________________________________\nDe: L\nEnviado: hoy\nPara: A\nAsunto: x\n\nViejo",
            "Nuevo",
        ),
        ("New\n\n*From:* L <l@l.test>\n*Sent:* today\n*To:* A\n*Subject:* x\n\nOld", "New"),
        ("De: la calle\nPara: nadie\nes un poema", "De: la calle\nPara: nadie\nes un poema"),
        ("Un saludo\n--\nAna\nC/ Mayor 4", "Un saludo"),
        ("Hola\n--\n" + "párrafo\n" * 30 + "fin", "Hola\n--\n" + "párrafo\n" * 30 + "fin"),
        ("--\nAna", "--\nAna"),
        ("Va mal\n\nEnviado desde mi iPhone", "Va mal"),
        ("Va mal\n\nSent from my Galaxy", "Va mal"),
        ("El técnico escribió:\nno hay avería", "El técnico escribió:\nno hay avería"),
        ("", ""),
    ],
)
def test_only_what_is_new_is_shown(text: str, seen: str) -> None:
    assert trim(text, "Re: Sin luz") == seen


@pytest.mark.parametrize("subject", ["RV: Promesa", "Fwd: Promise", "FW: x", "Enc: x"])
def test_a_forwarded_message_is_evidence(subject: str) -> None:
    text = "Mirad\n-----Mensaje original-----\nDe: Lumbre\nSeis meses gratis"
    assert trim(text, subject) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>uno</p><p>dos</p>", "uno\n\ndos"),
        ("<div>uno</div><div>dos<br>tres</div>", "uno\ndos\ntres"),
        ("uno\n   dos\t tres", "uno dos tres"),
        ("<pre>uno\n  dos</pre>", "uno\n  dos"),
        ("<table><tr><td>Luz</td><td>42 €</td></tr><tr><td>Gas</td></tr></table>", "Luz 42 €\nGas"),
        ("<blockquote>viejo<blockquote>más</blockquote></blockquote>", "> viejo\n> > más"),
        ('<a href="https://a.test/x">aquí</a>', "aquí (https://a.test/x)"),
        ('<a href="https://www.a.test/">a.test</a>', "a.test"),
        ('<a href="mailto:a@a.test">a@a.test</a>', "a@a.test"),
        ('<a href="javascript:alert(1)">pulsa</a>', "pulsa"),
        ('<img alt="😡"><img alt="logo"><img>', "😡"),
        ("<script>x</script><style>y</style><title>t</title>z", "z"),
        ("&lt;b&gt; &amp; &nbsp;&euro;", "<b> &  €"),
        ("<p>sin <b>cerrar", "sin cerrar"),
        ("", ""),
    ],
)
def test_html_as_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/apbrulioqtekcd#= \"'&;x\n>-")) | st.text())
def test_anything_is_read_and_nothing_new_is_invented(text: str) -> None:
    html_to_text(text)
    seen = trim(text)
    assert set(seen) <= set(text)
    assert bool(seen.strip()) == bool(text.strip())
