// Files beside the words: chosen, pasted or dropped, sent to the server one by one, and named in one
// hidden field that goes wherever the words go.
import { headers } from "../http.js";
import { say } from "../words.js";
import { toast } from "../toast.js";

const form = () => document.querySelector("[data-composer]");
const list = () => form()?.querySelector("[data-files-list]");
const items = () => [...(list()?.children ?? [])];
const sources = new Map(); // uid: the file itself, while it is not on the server
const address = (uid) => form().dataset.files.replace(/[^/]+$/, uid);
const parsed = (value) => { try { return JSON.parse(value || "[]"); } catch { return []; } };

/** What keeps the reply from leaving: a file on its way, one that did not arrive, or one that the
 *  network does not take. */
export function unready() {
  if (!carries()) return "";
  if (items().some((item) => item.dataset.state === "failed")) return say("file_failed");
  return items().some((item) => item.dataset.state === "sending") ? say("file_sending") : (form().querySelector("[data-files-trouble]")?.textContent.trim() ?? "");
}

export const carries = () => items().length > 0;
export const value = () => form()?.elements.files.value ?? "[]";

/** Show what the field says, as after a reload or when somebody else's words are taken over. */
export function show(files = value()) {
  if (!form()) return;
  sources.clear();
  list().replaceChildren(...parsed(files).filter((one) => one && typeof one.file === "string").map(item));
  write();
}

function write() {
  const done = items().filter((one) => one.dataset.state === "here").map((one) => ({ ...JSON.parse(one.dataset.about), alt: one.querySelector("[data-file-alt]").value.trim() }));
  form().elements.files.value = JSON.stringify(done);
  list().hidden = !carries();
}

function changed() {
  write();
  document.dispatchEvent(new CustomEvent("desk:files"));
}

function item(about) {
  const made = form().querySelector("[data-file-item]").content.firstElementChild.cloneNode(true);
  made.dataset.uid = about.file;
  made.querySelector("[data-file-alt]").value = about.alt ?? "";
  here(made, about);
  return made;
}

function here(made, about) {
  made.dataset.state = "here";
  made.dataset.about = JSON.stringify(about);
  made.querySelector("[data-file-name]").textContent = about.name;
  made.querySelector("[data-file-meta]").textContent = size(about.size);
  made.querySelector("[data-file-again]").hidden = true;
  const picture = about.kind === "image";
  made.querySelector("label").hidden = !picture;
  if (!picture) return;
  const image = Object.assign(new Image(), { alt: "", src: address(about.file) });
  made.querySelector(".file__face").replaceChildren(image);
}

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`);

// --- on their way to the server ---

export function add(files) {
  if (!form() || form().dataset.mode === "note") return;
  const off = form().querySelector(`[data-attach][data-for=${form().dataset.mode}][aria-disabled]`);
  if (off) return void toast(off.title, { wrong: true });
  for (const file of files) {
    const uid = crypto.randomUUID();
    sources.set(uid, file);
    const made = form().querySelector("[data-file-item]").content.firstElementChild.cloneNode(true);
    made.dataset.uid = uid;
    made.querySelector("[data-file-name]").textContent = file.name;
    list().append(made);
    send(made);
  }
}

async function send(made) {
  const uid = made.dataset.uid;
  const file = sources.get(uid);
  made.dataset.state = "sending";
  made.querySelector("[data-file-meta]").textContent = say("file_on_its_way");
  made.querySelector("[data-file-again]").hidden = true;
  changed();
  try {
    const response = await fetch(address(uid), {
      method: "PUT",
      headers: { ...headers(), "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) },
      body: file,
    });
    if (!response.ok) throw Object.assign(new Error(), { words: await refused(response), final: response.status === 422 || response.status === 413 });
    here(made, await response.json());
    sources.delete(uid);
    if (made.isConnected) { tell(say("file_here").replace("%(name)s", file.name)); }
  } catch (error) {
    made.dataset.state = "failed";
    made.querySelector("[data-file-meta]").textContent = error.words ?? say("file_lost");
    made.querySelector("[data-file-again]").hidden = Boolean(error.final);
    tell(made.querySelector("[data-file-meta]").textContent);
  }
  if (made.isConnected) changed();
}

/** The server's own sentence, out of the toast that it would show. */
async function refused(response) {
  if (!response.headers.get("X-Code")) return response.status === 413 ? say("file_too_large") : say("file_lost");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const place = page.querySelector("hx-partial, template");
  const words = (place?.content ?? place ?? page).querySelector("[data-toast] span, .toast span");
  return words?.textContent.trim() || say("file_lost");
}

/** Leaving the case ends what is on its way: whoever leaves hears it. */
const waiting = () => items().some((item) => item.dataset.state !== "here");
document.addEventListener("desk:leaving", () => { if (waiting()) toast(say("file_left"), { wrong: true }); });
addEventListener("beforeunload", (event) => { if (waiting()) event.preventDefault(); });

function tell(words) {
  const place = form()?.querySelector("[data-files-told]");
  if (place) place.textContent = words;
}

// --- by hand and by keys ---

function remove(made) {
  const next = made.nextElementSibling ?? made.previousElementSibling;
  sources.delete(made.dataset.uid);
  made.remove();
  (next ?? form().elements.text).focus();
  changed();
}

function move(made, step) {
  const other = step < 0 ? made.previousElementSibling : made.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(made); else other.after(made);
  changed();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-composer] button");
  const made = event.target.closest(".file");
  if (button?.matches("[data-attach]")) {
    if (button.ariaDisabled) toast(button.title); else form().querySelector("[data-file-input]").click();
  } else if (made && button?.matches("[data-file-remove]")) remove(made);
  else if (made && button?.matches("[data-file-again]")) send(made);
  else if (made && button?.matches("[data-file-move]")) { move(made, Number(button.dataset.fileMove)); button.focus(); }
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-file-input]")) return;
  add([...event.target.files]);
  event.target.value = "";
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-file-alt]")) changed(); });
document.addEventListener("keydown", (event) => {
  const made = event.target.closest?.(".file");
  if (!made) return;
  const typing = event.target.matches("input");
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); move(made, event.key === "ArrowUp" ? -1 : 1); event.target.focus(); }
  if (!typing && (event.key === "Delete" || event.key === "Backspace")) { event.preventDefault(); remove(made); }
  if (typing && event.key === "Enter") event.preventDefault(); // a description is no reason to send
});
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || !event.target.closest?.("[data-composer]") || event.clipboardData.getData("text/plain")) return;
  event.preventDefault();
  add(files);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const pen = event.target.closest?.("[data-composer]");
    if (!pen || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    pen.toggleAttribute("data-over-files", kind === "dragover");
    if (kind === "drop") add([...event.dataTransfer.files]);
  });
}
