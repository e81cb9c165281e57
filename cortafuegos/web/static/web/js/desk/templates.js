// Templates the network approved: chosen, filled in, and shown as the text they make. What was being
// written waits beside them and comes back.
import { call } from "../http.js";

const form = () => document.querySelector("[data-composer]");
const place = () => form()?.querySelector("[data-templates]");
let before = "";

async function open(button) {
  const composer = form();
  const name = composer.dataset.mode;
  const url = new URL(button.dataset.useTemplate, location.href);
  url.searchParams.set("mode", name);
  for (const field of [`target_${name}`, `account_${name}`]) url.searchParams.set(field, composer.elements[field].value);
  button.disabled = true;
  try {
    const html = await (await call("GET", url)).text();
    if (form() !== composer || place().firstElementChild) return;
    before = composer.elements.text.value;
    place().innerHTML = html;
    place().hidden = false;
    if (!composer.elements.template) return;
    composer.elements.text.readOnly = true;
    choose();
  } catch { /* told already */ } finally {
    button.disabled = false;
  }
}

function choose() {
  const wanted = form().elements.template.value;
  for (const one of place().querySelectorAll("[data-template]")) {
    one.disabled = one.hidden = one.dataset.template !== wanted;
  }
  fill();
  chosen().querySelector("input")?.focus();
}

const chosen = () => place().querySelector("[data-template]:not([disabled])");

function fill() {
  const composer = form();
  const one = chosen();
  let whole = true;
  for (const mark of one.querySelectorAll("[data-place]")) {
    const words = one.querySelector(`[name="${CSS.escape(`value_${mark.dataset.place}`)}"]`).value.trim().replace(/\s+/g, " ");
    whole &&= Boolean(words);
    mark.textContent = words || `{{${mark.dataset.place}}}`;
    mark.toggleAttribute("data-filled", Boolean(words));
  }
  composer.dataset.templated = whole ? "filled" : "open";
  write(one.querySelector(".template__text").textContent);
}

function write(words) {
  const field = form().elements.text;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Away with the template; what was written before is back. */
function leave() {
  const composer = form();
  if (!composer || !place().firstElementChild) return;
  const filled = Boolean(composer.dataset.templated);
  delete composer.dataset.templated;
  place().replaceChildren();
  place().hidden = true;
  composer.elements.text.readOnly = false;
  if (filled) write(before);
  before = "";
}

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-use-template]");
  if (use) open(use);
  if (event.target.closest("[data-leave-template]")) { leave(); form().elements.text.focus(); }
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-template] input")) fill(); });
document.addEventListener("change", (event) => {
  if (event.target.name === "template") choose();
  if (event.target.matches("[data-composer] [name^=account_], [data-composer] [name=mode]")) leave();
});
document.addEventListener("desk:aimed", leave);
document.addEventListener("desk:changed", (event) => { if (["reply", "proposal"].includes(event.detail.wrote)) leave(); });
