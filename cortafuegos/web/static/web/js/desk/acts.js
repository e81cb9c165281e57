// The verbs: on the chosen rows when some are chosen, else on the open case, else on the row in focus.
import { act, call } from "../http.js";
import { close, open } from "../dialogs.js";
import { key } from "../keys.js";
import { say } from "../words.js";
import { toast } from "../toast.js";
import { focusedRow, onwards, picked, refreshRows, remove, unpick } from "./list.js";
import { openId, refreshCase } from "./router.js";

const shell = document.querySelector("[data-desk]");
const pane = () => document.getElementById("case");
const caseUrl = (number) => `${shell.dataset.base}cases/${number}`;
const mayWork = Boolean(document.getElementById("assign"));

/** What the next verb is about: {ids} for many, {number, id} for one. */
function subject() {
  const many = picked();
  if (many.length) return { ids: many.map((row) => Number(row.dataset.id)) };
  if (openId()) return { number: pane().dataset.number, id: openId(), state: pane().dataset.state, mine: Boolean(pane().dataset.mine) };
  const row = focusedRow();
  return row ? { number: row.dataset.number, id: Number(row.dataset.id), state: row.dataset.state } : null;
}

async function on(noun, verb, body = {}, method = "POST") {
  const about = subject();
  if (!about) return toast(say("choose"));
  try {
    if (about.ids) {
      await act("POST", document.getElementById("list").dataset.batch, { verb, id: about.ids, ...body });
      unpick();
    } else {
      await act(method, `${caseUrl(about.number)}/${noun}`, body);
    }
  } catch { /* told already */ }
}

const verbs = {
  claim: () => on("claim", "claim"),
  take: () => on("assignment", "assign", { to: "me" }),
  release: () => on("claim", "release", {}, "DELETE"),
  close: () => on("closure", "close"),
  reopen: () => on("closure", "reopen", {}, "DELETE"),
};

document.addEventListener("click", (event) => {
  const verb = event.target.closest("[data-verb]");
  if (verb) verbs[verb.dataset.verb]();
  const batch = event.target.closest("[data-batch-verb]");
  if (batch) verbs[batch.dataset.batchVerb]();
  const choice = event.target.closest("[data-pick]");
  if (choice) {
    close();
    on(choice.dataset.pick, choice.dataset.verbName, { [choice.dataset.name]: choice.dataset.value });
  }
});

// --- snooze by hand, saved views, joining ---

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-snooze-form]")) {
    event.preventDefault();
    const until = event.target.elements.until.value;
    close();
    on("snooze", "snooze", { until });
  }
  if (event.target.matches("[data-view-form]")) {
    event.preventDefault();
    const body = new FormData(event.target);
    const list = document.getElementById("list");
    new URLSearchParams(list.dataset.query).forEach((value, name) => body.set(name, value));
    body.set("in", list.dataset.queue);
    act("POST", event.target.action, body).then(() => { close(); event.target.reset(); }, () => {});
  }
});

const search = document.querySelector("[data-merge-search]");
let timer, turn = 0;
search?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const mine = ++turn;
    const url = new URL(document.getElementById("palette").dataset.source, location.href);
    url.searchParams.set("q", search.value.trim());
    url.searchParams.set("only", "cases");
    const response = await call("GET", url, { quiet: true }).catch(() => null);
    const found = response && await response.text();
    if (mine !== turn) return;  // an answer to fewer letters came late
    if (found) document.getElementById("merge-found").innerHTML = found;
    document.querySelectorAll("#merge-found .choice").forEach((one) => { if (Number(one.dataset.id) === openId()) one.remove(); });
  }, 120);
});
document.getElementById("merge-found")?.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-number]");
  if (!choice) return;
  event.preventDefault();
  event.stopPropagation();
  close();
  on("merge", "merge", { number: choice.dataset.number });
});

// --- keys ---

if (mayWork) {
  key("c", () => (openId() && pane().dataset.mine ? false : verbs.claim()));
  key("e", () => { const about = subject(); return about?.state === "closed" ? verbs.reopen() : verbs.close(); });
  for (const [name, dialog] of [["a", "assign"], ["l", "label"], ["s", "snooze"]]) key(name, () => (subject() ? open(dialog) : toast(say("choose"))));
  key("m", () => (openId() ? open("merge") : false));
}

// --- what a verb changed ---

document.addEventListener("desk:changed", async (event) => {
  const { cases = [], left, wrote, after } = event.detail;
  const gone = left === undefined ? [] : [left].flat();
  const leaving = gone.includes(openId());
  if (leaving) onwards("next");
  if (gone.length) remove(gone);
  if (wrote === "reply" && after && after !== "stay") onwards(after);
  else if (cases.includes(openId()) && !leaving) await refreshCase();
  await refreshRows(cases);
  document.dispatchEvent(new CustomEvent("desk:counts"));
});
