// Mac keyboards say ⌘ where others say Ctrl.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  const mend = (root) =>
    root.querySelectorAll?.("kbd[data-mod]").forEach((key) => {
      key.textContent = key.textContent.replace("Ctrl", "⌘");
    });
  mend(document);
  document.addEventListener("desk:shown", (event) => mend(event.target));
}
