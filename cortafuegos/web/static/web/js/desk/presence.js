// Who is here: a heartbeat every 15 seconds while the case is open and looked at.
import { call, form, headers } from "../http.js";
import { openId } from "./router.js";

const BEAT = 15_000;
const pane = () => document.getElementById("case");
const url = () => `${pane().dataset.url}/presence`;
let typedAt = 0;
let told = false; // what the last beat said of typing
let last = ""; // whose presence must be ended
let fresh = true; // the first beat of a case has its whole thread read

async function beat() {
  if (!openId() || document.hidden) return;
  told = Date.now() - typedAt < BEAT;
  last = url();
  const body = { typing: told ? "1" : "0" };
  if (fresh) body.opened = "1";
  fresh = false;
  await call("POST", last, { body, quiet: true }).catch(() => {});
}

function goodbye() {
  if (!last) return;
  fetch(last, { method: "POST", headers: headers(), body: form({ gone: "1" }), keepalive: true }).catch(() => {});
  last = "";
}

setInterval(beat, BEAT);
document.addEventListener("desk:shown", () => { typedAt = 0; fresh = true; beat(); });
document.addEventListener("desk:typing", () => { typedAt = Date.now(); if (!told) { told = true; beat(); } });
document.addEventListener("desk:leaving", goodbye);
document.addEventListener("visibilitychange", () => (document.hidden ? goodbye() : beat()));
addEventListener("pagehide", goodbye);
beat();
