// The person beside the conversation: folding, and the note that keeps itself.
import { call } from "../http.js";
import { key } from "../keys.js";
import { say } from "../words.js";

const shell = document.querySelector("[data-desk]");
const wide = matchMedia("(min-width: 1400px)");
const side = () => document.getElementById("side");
const isShown = () => getComputedStyle(side()).display !== "none";

function tell() {
  document.querySelector("[data-side-toggle]")?.setAttribute("aria-expanded", String(isShown()));
}

function toggle() {
  shell.dataset.side = isShown() ? "shut" : "open";
  if (wide.matches) try { localStorage.setItem("side", shell.dataset.side); } catch { /* not remembered, that is all */ }
  tell();
}

try { if (wide.matches) shell.dataset.side = localStorage.getItem("side") ?? "auto"; } catch { /* as above */ }
key("p", () => (document.querySelector("[data-side-toggle]") ? toggle() : false));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-side-toggle]")) toggle();
  else if (shell.dataset.side === "open" && !wide.matches && event.target.closest("#case")) { shell.dataset.side = "auto"; tell(); }
});
addEventListener("resize", tell);
document.addEventListener("desk:shown", () => { if (!wide.matches) shell.dataset.side = "auto"; tell(); });
document.addEventListener("desk:refreshed", tell);
tell();

let timer;
async function save(note) {
  clearTimeout(timer);
  if (note.dataset.saved === note.value) return;
  const value = note.value;
  const status = document.querySelector("[data-note-kept]");
  try {
    await call("POST", note.dataset.note, { body: { note: value } });
    note.dataset.saved = value;
    if (status) status.textContent = say("kept");
  } catch { if (status) status.textContent = say("not_kept"); }
}
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-note]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => save(event.target), 900);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-note]") && event.target.value !== event.target.defaultValue) save(event.target);
});
