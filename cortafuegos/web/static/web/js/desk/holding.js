// What is held back: a countdown under the reply and in the toast, one key to get it back (z), one to
// send it now (0). It leaves by itself, whether this page is open or not.
import { key } from "../keys.js";
import { say } from "../words.js";
import { undo } from "../toast.js";
import { openCase, openId } from "./router.js";

const ends = new WeakMap(); // element: what the server said was left, and when that will be over
let timer;

/** By this machine's own clock from the moment it was told: a wrong clock changes nothing. */
function left(element) {
  const told = element.dataset.leaves;
  let end = ends.get(element);
  if (end?.told !== told) ends.set(element, (end = { told, at: performance.now() + Number(told) * 1000 }));
  return Math.max(0, Math.ceil((end.at - performance.now()) / 1000));
}

function tick() {
  clearTimeout(timer);
  const held = [...document.querySelectorAll("[data-leaves]")];
  for (const one of held) {
    const seconds = left(one);
    const words = seconds ? say("leaves_in", { n: seconds }) : say("leaving");
    if (one.textContent !== words) one.textContent = words;
    if (!seconds) one.parentElement.querySelectorAll("[data-take-back], [data-undo], [data-release]").forEach((button) => { button.hidden = true; });
  }
  if (held.some(left)) timer = setTimeout(tick, 250);
}

const pressable = (name) => [...document.querySelectorAll(`[data-toast] ${name}, [data-thread] ${name}`)].filter((one) => !one.hidden).pop();

key("z", () => {
  const back = pressable("[data-take-back]");
  if (!document.querySelector("#toasts [data-undo]:not([hidden])") && back) back.click();
  else undo().catch(() => {});
});
key("0", () => { const now = pressable("[data-release]"); if (!now) return false; now.closest("[data-toast]")?.remove(); now.click(); });

// Taken back from elsewhere: its case opens, with the words in the composer.
document.addEventListener("desk:changed", (event) => {
  const { draft, draft_at: place } = event.detail;
  if (draft && place && draft !== openId()) openCase(place);
});
for (const name of ["desk:shown", "desk:refreshed"]) document.addEventListener(name, tick);
new MutationObserver(tick).observe(document.getElementById("toasts"), { childList: true });
tick();
