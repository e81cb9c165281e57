// Asking another department: what the dialog holds comes with the case, and is kept when closed half way.
import { act, call } from "../http.js";
import { close, open } from "../dialogs.js";
import { key } from "../keys.js";
import { insert } from "./composer.js";
import { openId } from "./router.js";

const dialog = document.getElementById("ask");
const body = () => dialog.querySelector("[data-ask-body]");
const pane = () => document.getElementById("case");

async function fill(words) {
  const url = `${pane().dataset.url}/questions`;
  const begun = body().querySelector("[data-ask-form]");
  if (begun?.dataset.url !== new URL(url, location.href).pathname) body().replaceChildren();
  const before = begun?.isConnected ? begun.elements.text.value : "";
  const response = await call("GET", url).catch(() => null);
  if (!response) return close();
  body().innerHTML = await response.text();
  const form = body().querySelector("[data-ask-form]");
  if (!form) return;
  form.querySelectorAll("option[data-until-hour]").forEach((one) => { one.hidden = new Date().getHours() >= Number(one.dataset.untilHour); });
  form.elements.text.value = words ?? before;
  form.elements.text.focus();
}

let words;
if (dialog) {
  key("q", () => (openId() ? open("ask") : false));
  dialog.addEventListener("desk:opening", () => { fill(words); words = undefined; });
  document.addEventListener("click", (event) => {
    const again = event.target.closest("[data-ask-again]");
    if (again) { words = again.dataset.askAgain; open("ask"); }
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-ask-form]")) return;
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    button.disabled = true;
    try {
      await act("POST", form.dataset.url, new FormData(form));
      body().replaceChildren();
      close();
    } catch { /* told already, and the words are still in the field */ }
    button.disabled = false;
  });
}

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-use-answer]");
  if (!use) return;
  const mode = document.querySelector("[data-composer]")?.dataset.mode;
  insert(use.dataset.useAnswer, mode && mode !== "note" ? mode : use.dataset.fallback);
});
