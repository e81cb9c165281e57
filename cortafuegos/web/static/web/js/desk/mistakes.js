// Published by mistake: what happened, in a few words; the steps stand above the composer after it.
import { act } from "../http.js";
import { close, open } from "../dialogs.js";

let reported = "";

function ask(button) {
  const dialog = document.getElementById("mistake");
  const off = dialog.querySelector("[data-take-off]");
  reported = button.dataset.mistake;
  dialog.querySelector("form").reset();
  dialog.querySelector("#mistake-said").textContent = button.closest("[data-message]").querySelector(".msg__text").textContent.trim().slice(0, 120);
  off.hidden = off.firstElementChild.disabled = !button.dataset.able;
  off.lastElementChild.textContent = button.dataset.able ?? "";
  open("mistake");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-mistake]");
  if (button) ask(button);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-mistake-form]")) return;
  event.preventDefault();
  const button = form.querySelector(".btn--primary");
  if (button.disabled) return;
  button.disabled = true;
  act("POST", reported, Object.fromEntries(new FormData(form)))
    .then(() => close(), () => {})
    .finally(() => { button.disabled = false; });
});
