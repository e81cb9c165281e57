// Small manners of forms: the phone's "More", copying an address, buttons that are one call.
import { act } from "./http.js";
import { say } from "./words.js";
import { toast } from "./toast.js";

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-nav-more]");
  const nav = document.getElementById("nav");
  if (more) { nav.toggleAttribute("data-open", true); more.setAttribute("aria-expanded", "true"); }
  else if (nav?.hasAttribute("data-open") && !event.target.closest("#nav h2")) nav.removeAttribute("data-open");

  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => toast(say("copied")), () => toast(copy.dataset.copy));

  const button = event.target.closest("[data-act]");
  if (!button || button.disabled) return;
  const body = button.dataset.vals ? JSON.parse(button.dataset.vals) : {};
  if (button.dataset.name) body[button.dataset.name] = button.dataset.value;
  button.disabled = true;
  act(button.dataset.method ?? "POST", button.dataset.url, body).catch((error) => { if (error.status === 409) document.dispatchEvent(new CustomEvent("desk:stale")); }).finally(() => { button.disabled = false; });
});
