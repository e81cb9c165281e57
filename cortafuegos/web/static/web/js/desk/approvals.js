// What waits for a second person: one key to approve (y), a comment to return it with.
import { act } from "../http.js";
import { key } from "../keys.js";
import { send } from "./composer.js";
import { refreshCase } from "./router.js";

document.addEventListener("desk:stale", () => refreshCase());
key("y", () => {
  const first = document.querySelector("#alarms [data-approve]");
  if (!first || first.disabled) return false;
  first.click();
});
document.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  const form = ask?.closest("form");
  if (form && form.dataset.mode !== "note") send(form, ask.dataset.ask);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-return-form]")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  act("POST", form.dataset.url, { comment: form.elements.comment.value })
    .catch((error) => { if (error.status === 409) refreshCase(); })
    .finally(() => { button.disabled = false; });
});
