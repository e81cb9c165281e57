// Everything works without this file; it only keeps the page fresh and counts characters.

const BEAT_MS = 2000;
const graphemes = new Intl.Segmenter(document.documentElement.lang, { granularity: "grapheme" });
const waiting = document.querySelector("[data-waiting]");

// Live parts. Nothing moves under the hand: somebody who has scrolled down, or whose focus is
// inside, gets a button instead.
for (const part of document.querySelectorAll("[data-live]")) {
  let shown = null;
  let next = null;
  const show = () => {
    part.innerHTML = next;
    shown = next;
    if (waiting) waiting.hidden = true;
  };
  const busy = () => waiting && part.previousElementSibling === waiting
    && (window.scrollY > 160 || part.contains(document.activeElement));
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" } });
      if (answer.ok) next = await answer.text();
    } catch {
      return; // the server rests; the next beat asks again
    }
    if (shown === null) shown = next; // the page already shows what the first look brings
    if (next === shown) return;
    if (busy()) waiting.hidden = false;
    else show();
  };
  waiting?.addEventListener("click", () => {
    if (next !== null && next !== shown) {
      show();
      window.scrollTo({ top: 0 });
    }
  });
  setInterval(() => document.hidden || look(), BEAT_MS);
}

// Characters left, as the network counts them.
for (const meter of document.querySelectorAll("[data-meter]")) {
  const field = document.getElementById(meter.dataset.meter);
  const limit = Number(field.dataset.limit);
  const count = () => {
    const used = [...graphemes.segment(field.value)].length;
    meter.textContent = `${used} / ${limit}`;
    meter.classList.toggle("meter--over", used > limit);
  };
  field.addEventListener("input", count);
  count();
}
