// Small comforts of the settings pages. Everything works without them.

for (const hidden of document.querySelectorAll("[data-js-hides]")) hidden.hidden = true;

for (const form of document.querySelectorAll("[data-autosubmit]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const input of document.querySelectorAll("[data-select]")) {
  input.addEventListener("focus", () => input.select());
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const input = button.parentElement.querySelector("input, textarea");
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    document.execCommand("copy"); // pages without https have no clipboard of their own
  }
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = before; }, 2000);
});

// On a phone the tabs run over the edge: bring ours into sight.
document.querySelector(".subnav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// After a mistake the first field concerned is where to go on.
document.querySelector("main [aria-invalid='true']")?.focus();

// The browser knows where the person is; only a list nobody has touched is changed.
const zones = document.querySelector("select[data-guess-zone]");
if (zones && !document.querySelector("[aria-invalid]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zones.options].some((option) => option.value === here)) zones.value = here;
}

// Opening hours: "copy to all" and "always open".
const week = document.querySelector("[data-week]");
if (week) {
  const rows = [...week.querySelectorAll("[data-day]")];
  const always = document.querySelector("[data-always]");
  const show = () => { week.hidden = always.checked; };
  always.addEventListener("change", show);
  show();
  const tidy = (row) => {
    // One empty range stays in sight; further ones appear as they are needed.
    const ranges = [...row.querySelectorAll("[data-range]")];
    const filled = ranges.map((range) => [...range.querySelectorAll("input")].some((input) => input.value));
    const last = filled.lastIndexOf(true);
    ranges.forEach((range, index) => { range.hidden = index > Math.max(last, 0) && !(range.dataset.asked); });
    const more = row.querySelector("[data-more]");
    more.hidden = ranges.every((range) => !range.hidden);
    row.querySelector("[data-closed]").hidden = last >= 0;
  };
  for (const row of rows) {
    tidy(row);
    row.addEventListener("input", () => tidy(row));
    row.querySelector("[data-more]").addEventListener("click", () => {
      const next = row.querySelector("[data-range][hidden]");
      if (!next) return;
      next.dataset.asked = "1";
      tidy(row);
      next.querySelector("input").focus();
    });
    row.querySelector("[data-clear]").addEventListener("click", () => {
      for (const input of row.querySelectorAll("input")) input.value = "";
      for (const range of row.querySelectorAll("[data-range]")) delete range.dataset.asked;
      tidy(row);
    });
  }
  week.querySelector("[data-copy-all]").addEventListener("click", () => {
    const values = [...rows[0].querySelectorAll("input")].map((input) => input.value);
    for (const row of rows.slice(1)) {
      row.querySelectorAll("input").forEach((input, index) => { input.value = values[index]; });
      tidy(row);
    }
  });
}

// The sentence made from the hours, into the profile text.
document.querySelector("[data-use-suggestion]")?.addEventListener("click", (event) => {
  const form = event.target.closest("form");
  const text = form.querySelector("textarea");
  text.value = form.querySelector("[data-suggestion]").textContent;
  text.focus();
});

// Asking a network may take seconds: say so, and do not ask twice.
document.querySelector("[data-busy]")?.addEventListener("submit", (event) => {
  const button = event.submitter ?? event.target.querySelector("[data-words]");
  button.querySelector("span").textContent = button.dataset.words;
  setTimeout(() => event.target.querySelectorAll("[data-words]").forEach((one) => { one.disabled = true; }));
});
