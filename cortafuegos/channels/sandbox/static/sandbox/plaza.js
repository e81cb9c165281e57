// Everything works without this file; it only keeps the page fresh and counts characters.

const BEAT_MS = 2000;
const graphemes = new Intl.Segmenter(document.documentElement.lang, { granularity: "grapheme" });
const waiting = document.querySelector("[data-waiting]");

// What a post says, without its age: ages change all the time and are no news.
const words = (node) => {
  const copy = node.cloneNode(true);
  for (const time of copy.querySelectorAll("time")) time.remove();
  return copy.outerHTML;
};

// Brings a list up to date by touching only what changed: focus stays, a screen reader hears only
// what is new.
function merge(part, fresh) {
  const known = new Map([...part.children].map((node) => [node.id, node]));
  let cursor = part.firstElementChild;
  for (const node of [...fresh.children]) {
    const old = known.get(node.id);
    if (!old || words(old) !== words(node)) {
      part.insertBefore(node, cursor);
      continue;
    }
    known.delete(node.id);
    const [shown, now] = [old.querySelector("time"), node.querySelector("time")];
    if (shown && shown.textContent !== now.textContent) shown.textContent = now.textContent;
    if (old === cursor) cursor = cursor.nextElementSibling;
    else part.insertBefore(old, cursor);
  }
  while (cursor) {
    const next = cursor.nextElementSibling;
    cursor.remove();
    cursor = next;
  }
}

const said = (list) => [...list.children].map(words).join();

// Nothing moves under the hand: somebody who has scrolled down, or whose focus is inside, gets a
// button instead.
for (const part of document.querySelectorAll("[data-live]")) {
  const held = waiting && part.previousElementSibling === waiting;
  let fresh = null;
  const show = () => {
    if (fresh) merge(part, fresh.cloneNode(true));
    if (held) waiting.hidden = true;
  };
  const busy = () => held && (window.scrollY > 160 || part.contains(document.activeElement));
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      fresh = document.createElement("div");
      fresh.innerHTML = await answer.text();
    } catch {
      return; // the server rests; the next beat asks again
    }
    if (busy() && said(fresh) !== said(part)) waiting.hidden = false;
    else show();
  };
  if (held) {
    waiting.addEventListener("click", () => {
      show();
      window.scrollTo({ top: 0 });
    });
  }
  setInterval(() => document.hidden || look(), BEAT_MS);
}

// Characters, as the network counts them.
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
