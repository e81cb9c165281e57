// One stream of nudges. It only says what changed; the page then asks for it. Many at once become
// one question, and after a silence everything shown is asked for again.
import { call, swap } from "../http.js";
import { refreshRows } from "./list.js";
import { openId, refreshCase } from "./router.js";

const shell = document.querySelector("[data-desk]");
const GATHER = 350; // ms that nudges are gathered
const COUNTS = 2000; // ms between two looks at the counts
const TELL_AFTER = 6000; // ms of silence before we speak of it
const changed = new Set();
let all = false;
let quiet = true; // nothing but comings and goings of colleagues
let gathering;
let counting;
let countedAt = 0;
let source;
let silent;
let wait = 1000;

function hear(event) {
  const said = JSON.parse(event.data);
  if (said.all) all = true;
  else if (said.kind === "account" || said.kind === "posture") counts();
  else (said.cases ?? []).forEach((id) => { if (said.kind !== "presence" || isShown(id)) changed.add(id); });
  if (said.kind !== "presence") quiet = false;
  if (all || changed.size) gathering ??= setTimeout(ask, GATHER);
}

/** Who looks at what concerns only those who see the case or its row. */
const isShown = (id) => id === openId() || Boolean(document.getElementById(`row-${id}`));

async function ask() {
  gathering = undefined;
  const ids = all ? undefined : [...changed];
  const open = openId();
  const mine = all || changed.has(open);
  const numbersMoved = all || !quiet;
  changed.clear();
  all = false;
  quiet = true;
  if (mine && open) await refreshCase();
  if (ids === undefined || ids.length) await refreshRows(ids);
  if (numbersMoved) counts();
}

function counts() {
  const due = Math.max(0, countedAt + COUNTS - Date.now());
  counting ??= setTimeout(async () => {
    counting = undefined;
    countedAt = Date.now();
    const url = new URL(shell.dataset.around, location.href);
    const list = document.getElementById("list");
    url.searchParams.set("in", list.dataset.queue);
    const view = new URLSearchParams(list.dataset.query).get("view");
    if (view) url.searchParams.set("view", view);
    const response = await call("GET", url, { quiet: true }).catch(() => null);
    if (!response) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const offline = document.getElementById("offline").hidden;
    for (const id of ["nav", "bar"]) {
      const now = document.getElementById(id);
      if (now.contains(document.activeElement) && id === "bar") continue; // a menu is open there
      const next = fresh.getElementById(id);
      if (id === "bar") next.querySelector("#offline").hidden = offline;
      if (now.hasAttribute("data-open")) next.setAttribute("data-open", "");
      await swap(next.outerHTML, now, "outerMorph");
    }
  }, due);
}

function lost() {
  silent ??= setTimeout(() => {
    const note = document.getElementById("offline");
    note.hidden = false;
    note.querySelector("span").textContent = note.querySelector("span").dataset.words;
  }, TELL_AFTER);
}

function found() {
  clearTimeout(silent);
  silent = undefined;
  wait = 1000;
  document.getElementById("offline").hidden = true;
}

async function connect() {
  source?.close();
  const response = await call("GET", shell.dataset.stream, { quiet: true }).catch(() => null);
  if (!response) return again();
  const { token } = await response.json();
  source = new EventSource(`/stream?token=${encodeURIComponent(token)}`);
  source.addEventListener("open", found);
  source.addEventListener("nudge", hear);
  source.addEventListener("renew", connect);
  source.addEventListener("error", () => {
    lost();
    if (source.readyState === EventSource.CLOSED) again();
  });
}

function again() {
  lost();
  setTimeout(connect, wait + Math.random() * 500);
  wait = Math.min(wait * 2, 20_000);
}

document.addEventListener("desk:counts", () => { countedAt = 0; clearTimeout(counting); counting = undefined; counts(); });
document.addEventListener("desk:listed", counts);
addEventListener("online", () => { all = true; ask(); });
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
// The first event of a stream says "anything may have changed"; the page has just been made.
await connect();
