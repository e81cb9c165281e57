// Reading: where the thread stands, long messages, earlier ones, and choosing some to split off.
import { act } from "../http.js";
import { openCase, openId } from "./router.js";

const thread = () => document.querySelector("[data-thread]");
const phone = matchMedia("(max-width: 759px)");
const NEAR = 80;
let stuck = true; // at the end, so that it follows

function toEnd() {
  const box = thread();
  if (box) box.scrollTop = box.scrollHeight;
}

function arrive(hash) {
  const wanted = hash.startsWith("#m") && document.getElementById(hash.slice(1));
  if (wanted) wanted.scrollIntoView({ block: "center" });
  else if (!phone.matches) toEnd();
  else [...document.querySelectorAll("[data-theirs]")].pop()?.scrollIntoView({ block: "start" });
  fold();
}

/** A message folded for its length that is short after all needs no button. */
function fold() {
  document.querySelectorAll(".msg__text--long:not([data-open])").forEach((text) => {
    if (text.scrollHeight <= text.clientHeight + 4) {
      text.classList.remove("msg__text--long");
      text.parentElement.querySelector("[data-unfold]")?.remove();
    }
  });
}

document.addEventListener("desk:shown", (event) => arrive(event.detail.hash));
document.addEventListener("desk:morphing", () => {
  const box = thread();
  stuck = !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  unfolded = [...document.querySelectorAll(".msg__text[data-open]")].map((text) => text.closest("[id]").id);
});
let unfolded = [];
document.addEventListener("desk:refreshed", () => {
  unfolded.forEach((id) => document.querySelector(`#${CSS.escape(id)} .msg__text`)?.setAttribute("data-open", ""));
  if (stuck && !phone.matches) toEnd();
  fold();
  choosing();
});

document.addEventListener("click", (event) => {
  const unfold = event.target.closest("[data-unfold]");
  if (unfold) {
    unfold.closest("div").querySelector(".msg__text").setAttribute("data-open", "");
    unfold.remove();
  }
  if (event.target.closest("[data-earlier]")) {
    const url = new URL(document.getElementById("case").dataset.url, location.href);
    new URLSearchParams(location.search).forEach((value, name) => url.searchParams.set(name, value));
    url.searchParams.set("before", "all");
    openCase(url);
  }
});

// --- splitting ---

let splitting = 0; // the id of the case being split
const bar = document.getElementById("splitbar");
const boxes = () => [...document.querySelectorAll("[data-thread] .msg__pick input")];

function choosing() {
  if (!bar) return;
  if (splitting && splitting !== openId()) splitting = 0;
  bar.hidden = !splitting;
  document.getElementById("composer")?.toggleAttribute("hidden", Boolean(splitting));
  if (!splitting) return document.querySelectorAll(".msg__pick").forEach((one) => one.remove());
  document.getElementById("case").append(bar);
  for (const message of document.querySelectorAll("[data-thread] [data-message]:not(.msg--context)")) {
    if (message.querySelector(".msg__pick")) continue;
    const label = document.createElement("label");
    label.className = "msg__pick";
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: message.dataset.message, className: "check" });
    box.setAttribute("aria-label", message.querySelector(".msg__who b").textContent);
    label.append(box);
    message.prepend(label);
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-split]")) { splitting = openId(); choosing(); boxes()[0]?.focus(); }
  if (event.target.closest("[data-split-stop]")) { splitting = 0; choosing(); }
  if (event.target.closest("[data-split-go]")) {
    const chosen = boxes().filter((box) => box.checked).map((box) => box.value);
    const url = `${document.getElementById("case").dataset.url}/split`;
    act("POST", url, { message: chosen }).then(() => { splitting = 0; choosing(); }, () => {});
  }
});
document.addEventListener("change", (event) => {
  if (event.target.closest(".msg__pick")) bar.querySelector("[data-split-go]").disabled = !boxes().some((box) => box.checked);
});
document.addEventListener("desk:shown", choosing);

arrive(location.hash);

// A picture that its network no longer gives says why in its place.
document.addEventListener("error", async (event) => {
  const picture = event.target;
  const asked = Number(picture.dataset?.asked ?? 0);
  if (!picture.matches?.(".attached__picture img") || asked > 4) return;
  picture.dataset.asked = asked + 1;
  const response = await fetch(picture.src).catch(() => null);
  if (response?.ok) await response.blob().catch(() => null); // there by now: the browser's store has it
  const again = response?.ok || (response?.status === 503 && asked < 4);
  if (again) return void setTimeout(() => { picture.src = `${picture.src.split("#")[0]}#${asked + 1}`; }, response.ok ? 0 : 2000 * (asked + 1));
  const words = response && !response.ok ? (await response.text()).slice(0, 300) : "";
  if (words && response.headers.get("Content-Type")?.startsWith("text/plain")) picture.replaceWith(Object.assign(document.createElement("span"), { className: "meta", textContent: words }));
}, true);
