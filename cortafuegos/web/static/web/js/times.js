// Ages and countdowns go on while the page stands, in the server's own words.
import { say } from "./words.js";

const SOON = 15 * 60;

export function span(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  if (minutes < 60) return say("minutes", { n: minutes });
  if (minutes < 48 * 60) return say("hours", { n: Math.floor(minutes / 60) });
  return say("days", { n: Math.floor(minutes / 1440) });
}

function age(element, now) {
  const seconds = (now - Date.parse(element.dateTime)) / 1000;
  if (seconds < 60) element.textContent = say("now");
  else if (seconds < 86400) element.textContent = say("ago", { span: span(seconds) });
}

function countdown(element, now) {
  const left = (Date.parse(element.dataset.due) - now) / 1000;
  const words = element.querySelector("span:last-child") ?? element;
  words.textContent = left <= 0 ? say("late", { span: span(-left) }) : span(left + 59);
  if (!element.classList.contains("due")) return;
  const late = left <= 0;
  if (late !== element.classList.contains("due--late")) {
    const other = document.getElementById("symbols")?.content.querySelector(`[data-icon=${late ? "late" : "clock"}] svg`);
    if (other) element.querySelector("svg")?.replaceWith(other.cloneNode(true));
  }
  element.classList.toggle("due--late", late);
  element.classList.toggle("due--soon", !late && left <= SOON);
}

function tick() {
  if (document.hidden) return;
  const now = Date.now();
  document.querySelectorAll("[data-ago]").forEach((one) => age(one, now));
  document.querySelectorAll("[data-due]").forEach((one) => countdown(one, now));
}

setInterval(tick, 20_000);
document.addEventListener("visibilitychange", tick);
