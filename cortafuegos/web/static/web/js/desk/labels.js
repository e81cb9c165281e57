// What a message is: looked at and set right, by hand or with one key a value.
import { act, call } from "../http.js";
import { open } from "../dialogs.js";
import { key } from "../keys.js";
import { say } from "../words.js";
import { toast } from "../toast.js";
import { openId } from "./router.js";

const dialog = document.getElementById("triage");
const body = () => dialog.querySelector("[data-labels-body]");
let asked = 0;

/** The message in question: the one named, or what they said last. */
function urlOf(id) {
  const theirs = [...document.querySelectorAll("[data-thread] [data-theirs][data-message]")].pop();
  const message = id ?? theirs?.dataset.message;
  return message && `${document.getElementById("case").dataset.url}/messages/${message}/labels`;
}

async function load(url) {
  const turn = ++asked;
  const response = await call("GET", url).catch(() => null);
  if (!response || turn !== asked) return;
  const focus = document.activeElement?.dataset.labelKey;
  body().innerHTML = await response.text();
  if (focus) body().querySelector(`[data-label-key="${focus}"]`)?.focus();
}

async function show(id) {
  const url = openId() && urlOf(id);
  if (!url) return toast(say("choose"));
  await load(url);
  open("triage");
}

async function set(choice) {
  const { url } = body().querySelector(".labels").dataset;
  choice.closest(".labels__values").querySelectorAll(".btn").forEach((one) => {
    one.classList.toggle("is-on", one === choice);
    one.setAttribute("aria-pressed", String(one === choice));
  });
  await act("POST", url, { field: choice.dataset.field, value: choice.dataset.value }).catch(() => {});
  await load(url);
}

// What was unfolded to see why stays so when the case is brought up to date.
let unfolded = [];
document.addEventListener("desk:morphing", () => { unfolded = [...document.querySelectorAll(".why[open]")].map((one) => one.id); });
document.addEventListener("desk:refreshed", () => { unfolded.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; }); });

if (dialog) {
  key("i", () => (openId() ? void show() : false));
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-labels]");
    if (opener) show(opener.dataset.labels);
    const choice = event.target.closest("[data-label-key]");
    if (choice) set(choice);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const choice = body().querySelector(`[data-label-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!choice) return;
    event.preventDefault();
    event.stopPropagation();
    set(choice);
  });
}
