// The playbook and our word beside the conversation: words to start from, steps, promises.
import { act } from "../http.js";
import { close, open } from "../dialogs.js";
import { key } from "../keys.js";
import { insert, writing } from "./composer.js";
import { openId } from "./router.js";

const pane = () => document.getElementById("case");
const mayPromise = Boolean(document.getElementById("promise"));
const shown = (element) => element && element.offsetParent !== null;

/** "b" goes to the step that comes next, unfolding the pane when it is folded. */
key("b", () => {
  const step = () => document.querySelector("#playbook [data-step-now]") ?? document.querySelector("#playbook [data-step]") ?? document.querySelector("#playbook summary");
  if (!step()) return false;
  if (!shown(step())) document.querySelector("[data-side-toggle]")?.click();
  step().focus();
  step().closest("section").scrollIntoView({ block: "nearest" });
});
if (mayPromise) key("t", () => (openId() ? open("promise") : false));

async function promise(body) {
  const text = document.getElementById("promise-text");
  close();
  try {
    await act("POST", `${pane().dataset.url}/promises`, { text: text.value, writing: writing(), ...body });
    text.value = "";
  } catch { /* told already, and the words are still in the field */ }
}

document.addEventListener("click", (event) => {
  const words = event.target.closest("[data-wording]");
  if (words) insert(words.dataset.wording, words.dataset.mode);
  const when = event.target.closest("[data-promise]");
  if (when?.matches("button")) promise({ when: when.dataset.promise });
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".leave[open]")) event.target.querySelector("input").focus();
}, true);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-promise-form]")) {
    event.preventDefault();
    promise({ until: form.elements.until.value });
  }
  if (form.matches("[data-leave-out]")) {
    event.preventDefault();
    const { url, playbook, stepId } = form.dataset;
    act("POST", url, { playbook, step: stepId, mark: "left_out", reason: form.elements.reason.value }).catch(() => {});
  }
  if (form.matches("[data-reason-form]")) {
    event.preventDefault();
    act("POST", form.dataset.url, { reason: form.elements.reason.value }).catch(() => {});
  }
});
