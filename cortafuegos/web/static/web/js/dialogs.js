// Dialogs and menus: open, narrow, choose with the arrows, close; the focus goes back.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function open(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  closeMenus();
  dialog.dispatchEvent(new CustomEvent("desk:opening", { bubbles: true }));
  dialog.querySelectorAll("[data-narrow]").forEach((input) => { input.value = ""; narrow(input); });
  dialog.querySelectorAll("[data-merge-search]").forEach((input) => { input.value = ""; document.getElementById("merge-found").replaceChildren(); });
  dialog.querySelectorAll("[data-until-hour]").forEach((one) => { one.hidden = new Date().getHours() >= Number(one.dataset.untilHour); });
  dialog.showModal();
}

export function close() {
  document.querySelector("dialog[open]")?.close();
}

function closeMenus(but) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (menu !== but) menu.open = false; });
}

/** Show the choices that hold the letters; offer to make what is not there yet. */
function narrow(input) {
  const asked = folded(input.value.trim());
  const group = input.parentElement.querySelector("[role=group]");
  let exact = false;
  for (const choice of group.querySelectorAll(".choice:not([data-made])")) {
    const words = folded(choice.textContent.trim());
    choice.hidden = Boolean(asked) && !words.includes(asked);
    exact ||= words === asked;
  }
  const made = group.querySelector("[data-made]");
  if (made) {
    made.hidden = !asked || exact;
    made.dataset.value = input.value.trim();
    made.querySelector("b").textContent = input.value.trim();
  }
}

const choices = (dialog) => [...dialog.querySelectorAll(".choice")].filter((one) => !one.hidden && one.offsetParent);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) open(opener.dataset.open);
  if (event.target.closest("[data-close]")) close();
  if (event.target.matches("dialog[open]")) event.target.close(); // the ground around it
  const menu = event.target.closest("details[data-menu]");
  closeMenus(menu && !event.target.closest(".menu__panel .choice") ? menu : null);
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-narrow]")) narrow(event.target); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  const dialog = event.target.closest?.("dialog[open]:not(.palette)");
  if (!dialog || event.isComposing) return;
  const all = choices(dialog);
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    (all[next] ?? (next < 0 ? dialog.querySelector("[data-narrow]") : all[0]) ?? all[0])?.focus();
  } else if (event.key === "Enter" && event.target.matches(".palette__field")) {
    event.preventDefault();
    all[0]?.click();
  } else if (/^[1-9]$/.test(event.key) && !event.target.matches("input, textarea")) {
    all.find((one) => one.querySelector("kbd")?.textContent === event.key)?.click();
  }
});
