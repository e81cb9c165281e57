// The list under the hand: moving, opening, choosing several, and new rows that wait to be asked for.
import { call, swap } from "../http.js";
import { key } from "../keys.js";
import { backToList, openCase, openId, openList, openNumber, refreshList } from "./router.js";

const list = () => document.getElementById("list");
const rows = () => [...document.querySelectorAll("#rows > .item")];
const shell = document.querySelector("[data-desk]");
const phone = matchMedia("(max-width: 759px)");
let focused = 0; // the id of the row the keys are on
let anchor = 0; // where "choose up to here" begins
let opening;
const waiting = new Set(); // ids of rows that belong here and are not shown

// --- moving ---

export const focusedRow = () => rows().find((row) => Number(row.dataset.id) === focused);
const currentRow = () => focusedRow() ?? rows().find((row) => row.matches("[aria-current]"));

function show(row, { grab = true } = {}) {
  rows().forEach((one) => one.removeAttribute("data-focus"));
  if (!row) return;
  focused = Number(row.dataset.id);
  row.setAttribute("data-focus", "");
  const link = row.querySelector("a");
  if (grab) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(currentRow());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  show(next);
  if (all.indexOf(next) > all.length - 8) document.querySelector("#more button")?.click();
  // With a case open, moving turns the page, a moment later: three quick presses open one case.
  if (shell.dataset.view === "case" && !phone.matches) {
    clearTimeout(opening);
    opening = setTimeout(() => openCase(next.querySelector("a").href, { focus: "list" }), 110);
  }
}

key("j", () => move(1));
key("k", () => move(-1));
key("ArrowDown", (event) => (event.target.closest("#list") ? move(1) : false));
key("ArrowUp", (event) => (event.target.closest("#list") ? move(-1) : false));
key("Enter", (event) => {
  if (event.target.closest("a, button, summary, input")) return false;
  const row = currentRow();
  return row ? void openCase(row.querySelector("a").href) : false;
});
key("Escape", () => {
  if (picked().length) return unpick();
  if (shell.dataset.view === "case") return void leave();
  return false;
});

function leave() {
  backToList();
  show(focusedRow() ?? rows()[0]);
}

/** After a case is done with: the next one, the list, or nothing, as the person likes. */
export function onwards(after = "next") {
  if (after === "stay") return;
  const all = rows();
  const at = all.findIndex((row) => Number(row.dataset.id) === openId());
  const next = all[at + 1] ?? all[at - 1];
  if (after === "next" && next && !phone.matches) { show(next, { grab: false }); openCase(next.querySelector("a").href); }
  else if (after === "next" && next && at + 1 < all.length) openCase(next.querySelector("a").href);
  else backToList();
}

// --- choosing several ---

export const picked = () => rows().filter((row) => row.querySelector(".item__pick input")?.checked);

function pick(row, on) {
  const box = row?.querySelector(".item__pick input");
  if (box) box.checked = on;
}

function count() {
  const bar = document.getElementById("picked");
  if (!bar) return;
  const n = picked().length;
  bar.hidden = n === 0;
  list().toggleAttribute("data-picking", n > 0);
  const words = bar.querySelector("b");
  words.textContent = n === 1 ? words.dataset.one : words.dataset.many.replace("%n", n);
}

export function unpick() {
  rows().forEach((row) => pick(row, false));
  count();
}

function pickTo(row) {
  const all = rows();
  const [a, b] = [all.findIndex((one) => Number(one.dataset.id) === anchor), all.indexOf(row)].sort((x, y) => x - y);
  all.slice(Math.max(0, a), b + 1).forEach((one) => pick(one, true));
}

key("x", () => {
  const row = currentRow() ?? rows()[0];
  if (!row) return;
  if (!focusedRow()) show(row);
  pick(row, !row.querySelector(".item__pick input")?.checked);
  anchor = Number(row.dataset.id);
  count();
});
key("shift+x", () => { const row = currentRow(); if (row) { pickTo(row); count(); } });
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-unpick]")) unpick();
  const box = event.target.closest(".item__pick input");
  if (!box) return;
  const row = box.closest(".item");
  if (event.shiftKey && anchor) pickTo(row);
  anchor = Number(row.dataset.id);
  count();
});

// --- filters ---

function toggleFilter(on) {
  const form = document.getElementById("filterform");
  form.hidden = on === undefined ? !form.hidden : !on;
  list().querySelector("[data-filter]").setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.querySelector("input").focus();
}
key("f", () => toggleFilter());
document.addEventListener("click", (event) => { if (event.target.closest("[data-filter]")) toggleFilter(); });
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filterform]")) return;
  event.preventDefault();
  const url = new URL(event.target.action, location.href);
  for (const [name, value] of new FormData(event.target)) if (value) url.searchParams.set(name, value);
  openList(url, { keepCase: false });
});

// --- live: rows change in their place, new ones wait ---

const button = () => document.getElementById("waiting");

function tell() {
  const n = waiting.size;
  const bar = button();
  bar.hidden = n === 0;
  bar.querySelector("span").textContent = n === 1 ? bar.dataset.one : bar.dataset.many.replace("%n", n);
}

export async function showWaiting() {
  waiting.clear();
  await refreshList();
  document.getElementById("rows-scroll").scrollTop = 0;
  if (phone.matches) scrollTo(0, 0);
}

/** These cases changed, or any may have (no ids): bring the shown rows up to date, where they stand;
 *  what came meanwhile without being named waits. */
export async function refreshRows(ids) {
  const shownIds = rows().map((row) => Number(row.dataset.id));
  const asked = [...new Set(ids ?? [...shownIds, ...waiting])].slice(0, 300);
  if (!asked.length) return ids ? undefined : refreshList();
  const url = new URL(list().dataset.changed, location.href);
  asked.forEach((id) => url.searchParams.append("id", id));
  if (!ids) url.searchParams.set("any", "1");
  const response = await call("GET", url, { quiet: true }).catch(() => null);
  if (!response) return;
  const fresh = new DOMParser().parseFromString(`<ol>${await response.text()}</ol>`, "text/html");
  for (const id of asked) {
    const now = fresh.getElementById(`row-${id}`);
    const row = document.getElementById(`row-${id}`);
    if (now && row) await morph(row, now);
    else if (now) waiting.add(id);
    else { row?.classList.add("item--gone"); waiting.delete(id); }
  }
  for (const one of fresh.querySelectorAll(".item")) {
    const id = Number(one.dataset.id);
    if (!asked.includes(id) && !document.getElementById(one.id)) waiting.add(id);
  }
  if (!rows().length && waiting.size) return showWaiting(); // an empty list: nothing can jump
  tell();
}

async function morph(row, now) {
  const box = row.querySelector(".item__pick input");
  const checked = box?.checked;
  const focus = row.hasAttribute("data-focus");
  if (row.hasAttribute("aria-current")) now.setAttribute("aria-current", "true");
  await swap(now.outerHTML, row, "outerMorph");
  const after = document.getElementById(now.id);
  if (focus) after?.setAttribute("data-focus", "");
  const again = after?.querySelector(".item__pick input");
  if (again) again.checked = checked;
}

/** Rows our own hand has dealt with go at once. */
export function remove(ids) {
  for (const id of ids) document.getElementById(`row-${id}`)?.remove();
  count();
}

key(".", () => { if (waiting.size) showWaiting(); });
document.addEventListener("click", (event) => {
  if (event.target.closest("#waiting")) showWaiting();
  const row = event.target.closest("#rows > .item");
  if (row && !event.target.closest(".item__pick")) show(row, { grab: false });
});
document.addEventListener("desk:listed", () => { waiting.clear(); tell(); count(); if (focusedRow()) show(focusedRow(), { grab: false }); });
document.addEventListener("desk:shown", () => {
  const row = rows().find((one) => Number(one.dataset.number) === openNumber());
  if (row) show(row, { grab: false });
});
count();
