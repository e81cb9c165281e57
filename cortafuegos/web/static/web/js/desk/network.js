// What a person does on the network itself: posting by hand, taking off what we said, hiding a comment.
import { act } from "../http.js";
import { close, open } from "../dialogs.js";
import { say } from "../words.js";
import { toast } from "../toast.js";
import { hand } from "./composer.js";

const composer = () => document.querySelector("[data-composer]");

// --- the network's own window ---

let window_ = null;

/** The window opens with the press, while the browser allows it, and goes on to its page once the
 *  answer was judged and written down. */
async function byHand(button) {
  if (!composer().elements.text.value.trim()) return void toast(say("nothing_written"));
  button.disabled = true;
  window_ = globalThis.open("about:blank");
  if (window_) window_.opener = null;
  await hand(composer(), button.dataset.byHand);
  window_?.close(); // refused: the words are still in the field
  window_ = null;
  button.disabled = false;
}

document.addEventListener("desk:changed", (event) => {
  const { window: address } = event.detail;
  if (!address || !window_) return; // kept from opening: the way there stands below the answer
  window_.location = new URL(address, location.href);
  window_ = null;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-by-hand]");
  if (button) byHand(button);
  const asks = event.target.closest("[data-intervene]");
  if (asks) ask(asks);
});

// --- off the network, hidden, shown ---

let asked = "";

function ask(button) {
  const dialog = document.getElementById("intervene");
  asked = button.dataset.url;
  dialog.querySelector("#intervene-title").textContent = button.dataset.title;
  dialog.querySelector("#intervene-means").textContent = button.dataset.means;
  dialog.querySelector("#intervene-said").textContent = button.closest("[data-message]").querySelector(".msg__text").textContent.trim().slice(0, 120);
  dialog.querySelector(".btn--primary").textContent = button.textContent.replace("…", "");
  dialog.querySelector("form").reset();
  open("intervene");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-intervene-form]")) {
    event.preventDefault();
    act("POST", asked, { reason: form.elements.reason.value }).then(() => close(), () => {});
  }
  if (form.matches("[data-link-form]")) {
    event.preventDefault();
    act("POST", form.dataset.url, { link: form.elements.link.value }).catch(() => {});
  }
});
