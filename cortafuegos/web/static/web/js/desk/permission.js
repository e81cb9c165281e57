// What the network allows now: a countdown that goes on, and asking again when it ends or when another
// message or account is chosen.
import { call } from "../http.js";
import { span } from "../times.js";
import { say } from "../words.js";

const SOON = 60 * 60;
const form = () => document.querySelector("[data-composer]");
const boxes = () => [...document.querySelectorAll("#alarms [data-permission]")];
let ending;

/** What the box speaks of is what the form would send: a message to answer, an account to answer as. */
function stale(box) {
  const fields = form()?.elements;
  const name = box.dataset.for;
  return Boolean(fields) && (box.dataset.target !== fields[`target_${name}`]?.value || box.dataset.account !== fields[`account_${name}`]?.value);
}

async function ask(box) {
  const composer = form();
  const name = box.dataset.for;
  const url = new URL(composer.dataset.permissionUrl, location.href);
  url.searchParams.set("mode", name);
  for (const field of [`target_${name}`, `account_${name}`]) url.searchParams.set(field, composer.elements[field]?.value ?? "");
  const response = await call("GET", url, { quiet: true }).catch(() => null);
  const html = response && (await response.text());
  const place = document.getElementById(box.id);
  if (html === null || form() !== composer || !place) return;
  place.outerHTML = html;
  told();
}

function check() {
  boxes().filter(stale).forEach(ask);
}

function told() {
  clearTimeout(ending);
  const ends = boxes().map((box) => Date.parse(box.dataset.until)).filter((at) => at > Date.now());
  // A window may stay open for days; a timer counts no more than 24 of them.
  if (ends.length) ending = setTimeout(over, Math.min(Math.min(...ends) - Date.now() + 500, 2 ** 31 - 1));
  count();
  document.dispatchEvent(new CustomEvent("desk:permitted"));
}

function over() {
  boxes().filter((box) => Date.parse(box.dataset.until) <= Date.now()).forEach(ask);
}

function count() {
  for (const box of boxes()) {
    const place = box.querySelector("[data-left]");
    const seconds = (Date.parse(box.dataset.until) - Date.now()) / 1000;
    if (!place || !(seconds > 0)) continue;
    const words = span(seconds + 59);
    place.textContent = say(Number.parseInt(words, 10) === 1 ? "left_1" : "left", { span: words });
    place.parentElement.classList.toggle("window--soon", seconds <= SOON);
  }
}

setInterval(count, 20_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) { over(); count(); } });
document.addEventListener("desk:aimed", check);
document.addEventListener("change", (event) => { if (event.target.matches("[data-composer] [name^=account_]")) check(); });
document.addEventListener("desk:shown", told);
document.addEventListener("desk:refreshed", () => { check(); told(); });
told();
