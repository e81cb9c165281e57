// What is typed is kept twice: in this browser with every letter, on the server at every pause, and
// every few seconds of writing without one (a browser that is killed may lose its last seconds).
import { call, form, headers } from "../http.js";

const PAUSE = 800;
const LONGEST = 3000;
const pending = new Map(); // case id: what waits to be sent, and since when
const shell = document.querySelector("[data-desk]");
const name = (id) => `draft:${shell.dataset.brand}:${id}`;

export function local(id) {
  try { return JSON.parse(localStorage.getItem(name(id))); } catch { return null; }
}

function write(id, kept) {
  try {
    if (kept) localStorage.setItem(name(id), JSON.stringify(kept)); else localStorage.removeItem(name(id));
  } catch { /* the browser's store is full or closed: the server has it a moment later */ }
}

const values = (composer) => Object.fromEntries(new FormData(composer));

/** Remember what left for the server: found there by the next page, these are no words of another. */
function leaves(id, words) {
  const kept = local(id);
  if (kept) write(id, { ...kept, sent: [...(kept.sent ?? []), words].slice(-3) });
}

/** Called with every letter. `saved` is told when the server has it. */
export function keep(composer, saved) {
  const id = composer.dataset.caseId;
  const body = values(composer);
  write(id, { ...body, at: Date.now(), unsaved: true, sent: local(id)?.sent });
  const { timer: before, since = Date.now() } = pending.get(id) ?? {};
  clearTimeout(before);
  const wait = Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()));
  const timer = setTimeout(() => send(composer, id, saved), wait);
  pending.set(id, { timer, since, url: composer.dataset.draft, body });
}

async function send(composer, id, saved) {
  const job = pending.get(id);
  if (!job) return;
  pending.delete(id);
  leaves(id, job.body.text);
  try {
    const response = await call("POST", job.url, { body: job.body, quiet: true });
    const { kept_at: keptAt } = await response.json();
    composer.dataset.keptAt = keptAt ?? "";
    if (!pending.has(id)) write(id, keptAt ? { ...job.body, at: keptAt, unsaved: false } : null);
    saved(true, job.body.text);
  } catch {
    saved(false, job.body.text); // it lies in this browser, marked unsaved; the next pause tries again
  }
}

/** Nothing of this draft is left to keep: it was sent, saved as a note, or thrown away. */
export function forget(id) {
  clearTimeout(pending.get(String(id))?.timer);
  pending.delete(String(id));
  write(id, null);
}

/** The page goes away: what waits for a pause leaves now, and outlives the page. */
export function flush() {
  for (const [id, job] of pending) {
    clearTimeout(job.timer);
    pending.delete(id);
    leaves(id, job.body.text);
    fetch(job.url, { method: "POST", headers: headers(), body: form(job.body), keepalive: true }).catch(() => {});
  }
}
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
document.addEventListener("desk:leaving", flush);
