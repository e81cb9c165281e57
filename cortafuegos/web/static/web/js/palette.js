// One field for cases, people, queues and orders, each with its key.
import { call } from "./http.js";
import { close } from "./dialogs.js";

const palette = document.getElementById("palette");
if (palette) {
  const field = palette.querySelector("input");
  const list = palette.querySelector("[role=listbox]");
  let asked = 0;
  let timer;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) { option.id ||= `option-${Math.random().toString(36).slice(2)}`; field.setAttribute("aria-activedescendant", option.id); }
  };

  const orders = () => {
    const words = field.value.trim().toLowerCase();
    const found = [...document.querySelectorAll("#head [data-verb], #head [data-open], #head [data-split]")]
      .filter((one) => one.closest(".menu__panel") && one.textContent.toLowerCase().includes(words));
    if (!found.length) return;
    const title = Object.assign(document.createElement("h2"), { role: "presentation", textContent: document.getElementById("case-title")?.textContent });
    const copies = found.map((one) => {
      const copy = one.cloneNode(true);
      copy.setAttribute("role", "option");
      copy.setAttribute("aria-selected", "false");
      copy.removeAttribute("data-open");
      copy.addEventListener("click", () => { close(); one.click(); });
      return copy;
    });
    if (words) list.append(title, ...copies); else list.prepend(title, ...copies);
  };

  const ask = async () => {
    const turn = ++asked;
    const url = new URL(palette.dataset.source, location.href);
    url.searchParams.set("q", field.value.trim());
    const response = await call("GET", url, { quiet: true }).catch(() => null);
    if (!response || turn !== asked) return;
    list.innerHTML = await response.text();
    orders();
    choose(options()[0]);
  };

  palette.addEventListener("desk:opening", () => { field.value = ""; ask(); });
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 90); });
  palette.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      chosen()?.click();
    }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
}

