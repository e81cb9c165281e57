// Starts what the page has. Each module does one thing and finds its own elements.
import "./theme.js";
import "./dialogs.js";
import "./toast.js";
import "./keys.js";
import "./palette.js";
import "./times.js";
import "./forms.js";

if (document.querySelector("[data-desk]")) {
  const modules = ["router", "list", "acts", "composer", "aim", "presence", "thread", "labels", "side", "advice", "asking", "holding", "approvals"];
  modules.push("permission", "templates", "network", "mistakes");
  await Promise.all(modules.map((name) => import(`./desk/${name}.js`)));
  document.body.classList.add("ready"); // every key does its thing from here on
  await import("./desk/live.js");
}
