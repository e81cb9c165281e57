// One key, one thing; silent while somebody types. Modules register what they can do.
import { open } from "./dialogs.js";
import { undo } from "./toast.js";

const keys = new Map();
let going = -Infinity; // "g" was pressed at; not yet, however young the page is

export function key(name, run) {
  keys.set(name, run);
}

const typing = (element) => element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && event.key.toLowerCase() === "k") { event.preventDefault(); return open("palette"); }
  if (held || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.timeStamp - going < 1500) {
    going = -Infinity;
    const line = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (line) { event.preventDefault(); line.click(); return; }
  }
  if (event.key === "g") { going = event.timeStamp; return; }
  const name = event.shiftKey && event.key.length === 1 && event.key !== "?" ? `shift+${event.key.toLowerCase()}` : event.key;
  const run = keys.get(name);
  if (run && run(event) !== false) event.preventDefault();
});

key("?", () => open("keys"));
key("/", () => open("palette"));
key("z", () => { undo().catch(() => {}); });
