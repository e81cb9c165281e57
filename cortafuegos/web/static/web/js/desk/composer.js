// The composer: modes, length, findings, sending. A nudge never touches what is being typed.
import { act, call } from "../http.js";
import { key } from "../keys.js";
import { say } from "../words.js";
import { toast } from "../toast.js";
import { flush, forget, keep, local } from "./drafts.js";
import * as files from "./files.js";
import { refreshCase } from "./router.js";

const form = () => document.querySelector("[data-composer]");
const text = () => form()?.elements.text;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
let checking = new AbortController();
let timer;

// --- where it will appear ---

export function mode(name, { focus = true } = {}) {
  const composer = form();
  const input = composer?.querySelector(`input[name=mode][value=${name}]`);
  if (!input || input.disabled) return false;
  input.checked = true;
  composer.dataset.mode = name;
  if (focus) { text().focus(); text().scrollIntoView({ block: "nearest" }); }
  check();
  ready();
  return true;
}

/** Who wrote answers first; "r" goes to where the customer spoke. */
key("r", () => (form() ? void (form().dataset.mode === "note" ? mode(able("private") && !able("public") ? "private" : "public") || mode("private") : text().focus()) : false));
key("n", () => (form() ? void mode("note") : false));
const able = (name) => !form().querySelector(`input[name=mode][value=${name}]`)?.disabled;

// --- may it go out ---

/** The form is never redrawn under the hand; the alarm above it is, and speaks of the account chosen
 *  at first. */
function blocked(composer) {
  const at = composer.dataset.mode;
  const field = composer.elements[`account_${at}`];
  const chosen = field?.selectedOptions?.[0] ?? field;
  if (chosen?.defaultSelected === false) return chosen.dataset.blocked ?? "";
  return document.querySelector(`#alarms [role=alert][data-for="${at}"] p`)?.textContent.trim() ?? "";
}

/** Why the network would not take it now, as its rules say; what is only proposed may wait for a hand. */
function closed(composer) {
  const box = document.querySelector(`#alarms [data-permission][data-for="${composer.dataset.mode}"]`);
  if (composer.dataset.templated) return composer.dataset.templated === "filled" ? "" : say("places");
  return composer.hasAttribute("data-proposes") ? "" : (box?.dataset.closed ?? "");
}

/** The guard warns, and nobody has said why it should go all the same. The field stands outside the
 *  findings, which are replaced while one types. */
function unexplained(composer) {
  const warned = composer.dataset.mode !== "note" && !composer.hasAttribute("data-proposes") && Boolean(composer.querySelector("[data-verdict-word=warn]"));
  composer.querySelector("[data-override]").hidden = !warned;
  return warned && composer.dataset.checked === text().value && !composer.elements.reason.value.trim();
}

function ready() {
  const composer = form();
  if (!composer) return;
  const at = composer.dataset.mode;
  const unmeant = composer.querySelector("[data-aloud]:not(:checked)");
  const empty = !text().value.trim();
  const taken = document.querySelector("#alarms [data-taken]");
  let why = "";
  const reason = unexplained(composer);
  if (at !== "note") {
    if (blocked(composer)) why = blocked(composer);
    else if (closed(composer)) why = closed(composer);
    else if (composer.dataset.over && composer.dataset.checked === text().value) why = say("too_long");
    else if (composer.dataset.stopped && composer.dataset.checked === text().value) why = say("stopped");
    else if (reason) why = say("reason");
    else if (files.unready()) why = files.unready();
    else if (taken && !composer.elements.proposal.value) why = say("taken");
    else if (at === "public" && unmeant && !empty) why = say(unmeant.dataset.aloud);
  }
  composer.querySelector("[data-why]").textContent = empty ? (files.carries() && at !== "note" ? say("files_need_words") : "") : why;
  composer.querySelectorAll("[data-send]").forEach((button) => { button.disabled = empty || Boolean(why); });
}

// --- length and findings ---

function quick() {
  const meter = form().querySelector(`.meter[data-limit][data-for="${form().dataset.mode}"]`);
  if (meter) meter.textContent = `${[...graphemes.segment(text().value)].length} / ${meter.dataset.limit}`;
}

function check() {
  clearTimeout(timer);
  quick();
  timer = setTimeout(ask, 130);
}

async function ask() {
  const composer = form();
  if (!composer) return;
  checking.abort();
  checking = new AbortController();
  const words = text().value;
  const place = composer.querySelector("[data-verdict]");
  if (composer.dataset.mode === "note" || !(words.trim() || files.carries())) {
    place.querySelectorAll(".findings, .files__trouble, [data-asks], .meter:not([data-limit])").forEach((one) => one.remove());
    for (const name of ["over", "stopped", "asks"]) delete composer.dataset[name];
    return ready();
  }
  try {
    const response = await call("POST", composer.dataset.check, { body: new FormData(composer), quiet: true, signal: checking.signal });
    const html = await response.text();
    if (form() !== composer) return;
    const kept = place.querySelector("[data-kept]")?.textContent ?? "";
    place.innerHTML = html;
    place.querySelector("[data-kept]").textContent = kept;
    composer.dataset.checked = words;
    composer.toggleAttribute("data-asks", Boolean(place.querySelector("[data-asks]")));
    composer.toggleAttribute("data-over", Boolean(place.querySelector(".meter--over")));
    composer.toggleAttribute("data-stopped", Boolean(place.querySelector(".is-block")));
    if (composer.hasAttribute("data-over")) composer.dataset.over = "1";
    if (composer.hasAttribute("data-stopped")) composer.dataset.stopped = "1";
    ready();
  } catch { /* offline or overtaken: the quick count stands, the server judges again on sending */ }
}

// --- keeping ---

function kept(done, words) {
  const place = form()?.querySelector("[data-kept]");
  if (place && words === text().value) place.textContent = done ? say("kept") : say("kept_here");
}

function start() {
  const composer = form();
  if (!composer || composer.dataset.started) return;
  composer.dataset.started = "1";
  const mine = local(composer.dataset.caseId);
  files.show(mine?.unsaved && mine.text === text().value && mine.files ? mine.files : undefined);
  const server = Number(composer.dataset.keptAt) || 0;
  if (mine?.text?.trim() && mine.text !== text().value) {
    const [other, hung] = [text().value, files.value()];
    // Saved, but after this page was made: a reload and its last draft may overtake each other.
    const overtaken = !mine.unsaved && mine.at > Number(composer.dataset.madeAt);
    // An earlier state of these same words, still on its way when the page went, is nobody else's.
    const ours = !other.trim() || mine.sent?.includes(other);
    if (overtaken || (mine.unsaved && (ours || mine.at >= server))) {
      restore(composer, mine);
      keep(composer, kept);
      if (!ours && !mine.text.startsWith(other)) toast(say("newer_here"), { action: say("see_other"), run: () => { text().value = other; files.show(hung); changed(); } });
      else if (!other.trim()) toast(say("restored"));
    } else {
      // Written later elsewhere: that one stands, and this one is a press away.
      toast(say("newer_there"), { action: say("see_other"), run: () => { text().value = mine.text; if (mine.files) files.show(mine.files); changed(); } });
    }
  }
  if (text().value || files.carries()) check();
  ready();
}

function restore(composer, mine) {
  text().value = mine.text;
  if (mine.files) files.show(mine.files);
  for (const [name, value] of Object.entries(mine)) {
    const field = composer.elements[name];
    if (field && /^(account|target)_/.test(name) && [...(field.options ?? [field])].some((one) => one.value === value)) field.value = value;
  }
  if (mine.mode) mode(mine.mode, { focus: false });
}

function changed() {
  form().querySelector("[data-kept]").textContent = ""; // "kept" is said of all of it or not at all
  keep(form(), kept);
  check();
  ready();
  document.dispatchEvent(new CustomEvent("desk:typing"));
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-composer]")) return;
  if (event.target.name === "text") changed();
  if (event.target.name === "reason") ready();
});
document.addEventListener("change", (event) => {
  const composer = event.target.closest("[data-composer]");
  if (!composer) return;
  if (event.target.name === "mode") mode(event.target.value);
  if ((text().value.trim() || files.carries()) && event.target.name) keep(composer, kept);
  if (event.target.matches("[data-aloud]")) composer.elements[event.target.dataset.aloud].value = event.target.checked ? "yes" : "ask";
  check();
  ready();
});

// --- sending ---

/** `to`: another address than the form's own. */
export async function send(composer, to = composer.action) {
  const at = composer.dataset.mode;
  const button = composer.querySelector(`[data-send][data-for=${at}]`);
  if (!button || button.disabled) { ready(); return; }
  button.disabled = true;
  await hand(composer, at === "note" ? composer.dataset.notes : to);
}

/** Hand over what is written. It leaves the field only when the server has it. */
export async function hand(composer, url) {
  const id = composer.dataset.caseId;
  const body = new FormData(composer);
  body.set("seen", document.querySelector(`[data-proposed="${composer.elements.proposal.value}"]`)?.dataset.seen ?? "");
  try {
    forget(id); // a late draft must not come back after its reply was sent
    await act("POST", url, body);
    forget(id);
    if (form() === composer) {
      text().value = "";
      if (url === composer.dataset.notes) { if (files.carries()) keep(composer, kept); } else files.show("[]");
      composer.elements.press.value = crypto.randomUUID();
      composer.elements.proposal.value = "";
      composer.elements.reason.value = "";
      composer.querySelector("[data-kept]").textContent = "";
      check();
    }
  } catch (error) {
    // Refused or offline: every word is still in the field, and kept.
    if (error.code === "decided") composer.elements.proposal.value = ""; // somebody was quicker: the words are one's own now
    if (form() === composer) { keep(composer, kept); if (error.status === 409) refreshCase(); }
  } finally {
    ready();
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-composer]")) return;
  event.preventDefault();
  send(event.target);
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-composer] textarea") || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(form()); }
  if (event.key === "Escape") { event.preventDefault(); flush(); document.getElementById("case").focus({ preventScroll: true }); }
});

// --- findings that mend themselves, proposals ---

document.addEventListener("click", (event) => {
  const mend = event.target.closest("[data-mend]");
  if (mend) {
    const letters = [...text().value]; // the guard counts code points
    letters.splice(Number(mend.dataset.start), Number(mend.dataset.end) - Number(mend.dataset.start), mend.dataset.words);
    text().value = letters.join("");
    text().focus();
    changed();
  }
  const use = event.target.closest("[data-use-proposal]");
  if (use) useProposal(use.dataset.useProposal);
});

/** What is written to the customer. */
export const writing = () => (form() && form().dataset.mode !== "note" ? text().value : "");

/** Words to start from, at the end of what is there. They never move what is half typed to another
 *  place: what was meant in private is not for everybody. */
export function insert(words, at) {
  if (!form()) return;
  const before = text().value;
  if (form().dataset.mode !== at) {
    if (before.trim()) return void toast(say("other_place"));
    if (!mode(at, { focus: false })) return void toast(say("no_such_way"));
  }
  text().value = before.trim() ? `${before.trimEnd()}\n\n${words}` : words;
  text().focus();
  text().scrollIntoView({ block: "nearest" });
  text().setSelectionRange(text().value.length, text().value.length);
  changed();
  if (before.trim()) toast(say("added"), { action: say("back"), run: () => { text().value = before; changed(); } });
}

function useProposal(id) {
  const proposed = document.querySelector(`[data-proposed="${id}"]`);
  const [before, hung] = [text().value, files.value()];
  text().value = proposed.textContent;
  form().elements.proposal.value = id;
  files.show(proposed.dataset.files);
  mode(proposed.dataset.mode);
  changed();
  if (before.trim() || hung !== "[]") toast(say("replaced"), { action: say("back"), run: () => { text().value = before; form().elements.proposal.value = ""; files.show(hung); changed(); } });
}

document.addEventListener("desk:files", () => { keep(form(), kept); check(); ready(); });
document.addEventListener("desk:shown", start);
document.addEventListener("desk:refreshed", ready);
document.addEventListener("desk:permitted", ready);
document.addEventListener("desk:changed", (event) => {
  if (event.detail.draft !== Number(form()?.dataset.caseId)) return;
  // A reply was taken back: its text is the draft again. Only an empty field takes it.
  if (!text()?.value.trim()) form()?.remove();
  refreshCase().then(start);
});
start();
