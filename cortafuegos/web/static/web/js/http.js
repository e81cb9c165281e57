// Every call to the server goes through here: what failed is told, and what was kept.
import { say } from "./words.js";
import { toast } from "./toast.js";

const csrf = () => document.querySelector("meta[name=csrf-token]").content;

/** A form's body from an object whose values may be lists. */
export function form(body) {
  if (body instanceof FormData || body instanceof URLSearchParams) return new URLSearchParams(body);
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(body ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) out.append(name, one);
  }
  return out;
}

export function headers(target = "") {
  return { "HX-Request": "true", "HX-Target": target, "HX-Current-URL": location.href, "X-CSRFToken": csrf() };
}

/** Ask the server; throws after telling what went wrong. `quiet` leaves the telling to the caller. */
export async function call(method, url, { body, target = "", quiet = false, signal, keepalive = false } = {}) {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: headers(target),
      body: body === undefined ? undefined : form(body),
      credentials: "same-origin",
      signal,
      keepalive,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (!quiet) toast(say("offline"), { wrong: true });
    throw Object.assign(error, { offline: true });
  }
  const away = response.headers.get("HX-Redirect");
  if (away) {
    // Signed out: drafts lie in this browser, and come back after the sign-in.
    location.href = away;
    throw new Error("signed out");
  }
  if (response.ok) return response;
  const text = await response.text();
  if (!quiet) tell(response, text);
  throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status, text, code: response.headers.get("X-Code") });
}

function tell(response, text) {
  if (response.headers.get("X-Code")) return void swap(text, null);
  const known = { 403: "forbidden", 404: "gone", 503: "away" };
  toast(say(known[response.status] ?? "broken"), { wrong: true });
}

/** Put server-made HTML into the page; partials inside it go where they say. */
export function swap(text, target, style = "outerMorph") {
  return htmx.swap({ text, target: target ?? document.body, swap: target ? style : "none" });
}

/** A verb: do it, show what the server says, and let the page know what changed. */
export async function act(method, url, body) {
  const response = await call(method, url, { body: body ?? {} });
  await swap(await response.text(), null);
  const trigger = response.headers.get("HX-Trigger");
  for (const [name, detail] of Object.entries(trigger ? JSON.parse(trigger) : {})) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }
  return response;
}

// htmx's own requests ("more") carry the same proof and tell their failures the same way.
document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:response:error", (event) => {
  event.detail.ctx.swap = "none";
  toast(say("broken"), { wrong: true });
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) toast(say("offline"), { wrong: true });
});
