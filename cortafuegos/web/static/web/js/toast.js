// What happened, with the way back. One at a time, in the column it speaks about.
import { act } from "./http.js";

const place = () => document.getElementById("toasts");
const STAYS = 9000;
let timer;

export function toast(words, { wrong = false, action, run } = {}) {
  const box = document.createElement("div");
  box.className = `toast${wrong ? " toast--wrong" : ""}`;
  box.dataset.toast = "";
  const span = document.createElement("span");
  span.textContent = words;
  box.append(span);
  if (action) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--s", textContent: action });
    button.addEventListener("click", () => { box.remove(); run(); });
    box.append(button);
  }
  place().replaceChildren(box);
  settle();
}

function settle() {
  clearTimeout(timer);
  const box = place().firstElementChild;
  if (!box) return;
  // What can be taken back for longer says so for longer.
  const stays = Math.max(STAYS, Number(box.dataset.stays ?? 0) * 1000);
  timer = setTimeout(() => { if (box.matches(":hover, :focus-within")) settle(); else box.remove(); }, stays);
}

export async function undo(button = place().querySelector("[data-undo]")) {
  if (!button) return false;
  const steps = JSON.parse(button.dataset.steps);
  button.closest("[data-toast]").remove();
  // The last call's words are the ones that stay; a refusal ends the way back and says so.
  for (const step of steps) await act(step.method, step.url, step.body);
  return true;
}

new MutationObserver(settle).observe(place(), { childList: true });
settle();
document.addEventListener("click", (event) => {
  const back = event.target.closest("[data-undo]");
  if (back) undo(back).catch(() => {});
  event.target.closest("[data-dismiss]")?.closest("[data-toast]").remove();
});
