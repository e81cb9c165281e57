// Opening cases and lists without leaving the page. Every state has its address; going back keeps
// the list's place and what was chosen in it.
import { call, swap } from "../http.js";
import { toast } from "../toast.js";
import { say } from "../words.js";

const shell = document.querySelector("[data-desk]");
const phone = matchMedia("(max-width: 759px)");
const pane = () => document.getElementById("case");
const list = () => document.getElementById("list");
let opening = new AbortController();
let listPlace = 0; // how far the list was scrolled when a phone turned the page

export const openId = () => Number(pane()?.dataset.id) || 0;
export const openNumber = () => Number(pane()?.dataset.number) || 0;
export const isCase = (url) => /\/cases\/\d+$/.test(new URL(url, location.href).pathname);

history.scrollRestoration = "manual";
document.body.classList.add("scripted");

function mark(number) {
  list().querySelectorAll("[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
  list().querySelector(`[data-number="${number}"]`)?.setAttribute("aria-current", "true");
}

/** Open a case in the pane. `push` false when the address is already there. */
export async function openCase(url, { push = true, focus = "pane" } = {}) {
  opening.abort();
  opening = new AbortController();
  turn += 1;
  const address = new URL(url, location.href);
  document.dispatchEvent(new CustomEvent("desk:leaving", { detail: { id: openId() } }));
  const number = Number(address.pathname.split("/").pop());
  mark(number); // the row answers first
  if (phone.matches && shell.dataset.view === "list") listPlace = scrollY;
  let response;
  try {
    response = await call("GET", address.pathname + address.search, { target: "section#case", signal: opening.signal });
  } catch (error) {
    if (error.name !== "AbortError") mark(openNumber());
    return;
  }
  const text = await response.text();
  if (push) history.pushState({}, "", address);
  shell.dataset.view = "case";
  await swap(text, pane(), "outerHTML");
  shown(focus, address.hash);
}

function shown(focus, hash = "") {
  pane().dispatchEvent(new CustomEvent("desk:shown", { bubbles: true, detail: { hash } }));
  if (focus === "pane") pane().focus({ preventScroll: true });
}

let newest = Promise.resolve(); // the latest question about the open case: an older answer is stale
let turn = 0;

/** Ask again for the open case: the thread moves on, the composer stays as it is. */
export function refreshCase() {
  const mine = ask(++turn);
  newest = mine;
  return mine.then(() => (newest === mine ? undefined : newest));
}

async function ask(asked) {
  const id = openId();
  if (!id) return;
  const url = new URL(pane().dataset.url, location.href);
  const here = new URL(location.href);
  for (const name of ["in", "before"]) if (here.searchParams.has(name)) url.searchParams.set(name, here.searchParams.get(name));
  url.searchParams.set("live", "1");
  const response = await call("GET", url, { target: "section#case", quiet: true }).catch(() => null);
  const text = response && (await response.text());
  if (!text || asked !== turn || openId() !== id) return;
  document.dispatchEvent(new CustomEvent("desk:morphing"));
  const title = document.title;
  await swap(text, pane(), "outerMorph");
  document.title = title;
  pane().dispatchEvent(new CustomEvent("desk:refreshed", { bubbles: true }));
}

/** Show another list; the case stays open beside it where there is room. */
export async function openList(url, { push = true, keepCase = false } = {}) {
  const address = new URL(url, location.href);
  const response = await call("GET", address, { target: "section#list" }).catch(() => null);
  if (!response) return;
  await swap(await response.text(), list(), "outerHTML");
  if (!keepCase) closePane();
  if (push) history.pushState({}, "", address);
  document.title = `${list().querySelector(".head h1").textContent} · Cortafuegos`;
  listPlace = 0;
  if (phone.matches) scrollTo(0, 0);
  list().dispatchEvent(new CustomEvent("desk:listed", { bubbles: true }));
}

/** Ask for the same list again, from its beginning. */
export async function refreshList() {
  const response = await call("GET", list().dataset.address, { target: "section#list", quiet: true }).catch(() => null);
  if (!response) return;
  await swap(await response.text(), list(), "outerMorph");
  mark(openNumber());
  list().dispatchEvent(new CustomEvent("desk:listed", { bubbles: true }));
}

function closePane() {
  document.dispatchEvent(new CustomEvent("desk:leaving", { detail: { id: openId() } }));
  shell.dataset.view = "list";
  mark(0);
  const empty = document.getElementById("nothing").content.cloneNode(true);
  pane().replaceWith(empty);
  document.getElementById("side").replaceChildren();
}

/** Back to the list that stands beside the case. */
export function backToList({ push = true } = {}) {
  closePane();
  if (push) history.pushState({}, "", list().dataset.address);
  document.title = `${list().querySelector(".head h1").textContent} · Cortafuegos`;
  if (phone.matches) requestAnimationFrame(() => scrollTo(0, listPlace));
  list().dispatchEvent(new CustomEvent("desk:back", { bubbles: true }));
}

addEventListener("popstate", async () => {
  const here = new URL(location.href);
  if (isCase(here)) return openCase(here, { push: false });
  const shownList = new URL(list().dataset.address, location.href);
  if (here.pathname + here.search === shownList.pathname + shownList.search) return backToList({ push: false });
  return openList(here, { push: false });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target === "_blank") return;
  if (link.matches("[data-case]")) { event.preventDefault(); openCase(link.href); }
  else if (link.matches("[data-back]")) { event.preventDefault(); backToList(); }
  else if (link.matches("[data-list], [data-queue], #nav a[href*='/inbox/'], .palette a[href*='/inbox/']")) { event.preventDefault(); openList(link.href); }
});

document.addEventListener("desk:changed", (event) => {
  const { made } = event.detail;
  if (!made) return;
  if (isCase(made)) openCase(made); else openList(made).catch(() => toast(say("broken"), { wrong: true }));
});
