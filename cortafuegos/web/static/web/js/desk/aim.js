// Choosing which message is answered.
import { mode } from "./composer.js";

function answer(button) {
  const message = button.closest("[data-message]");
  const isPrivate = Boolean(message.closest(".private"));
  document.querySelectorAll(".msg--target").forEach((one) => one.classList.remove("msg--target"));
  message.classList.add("msg--target");
  const composer = document.querySelector("[data-composer]");
  const at = isPrivate ? "private" : composer.dataset.mode === "private" ? "private" : "public";
  for (const name of isPrivate ? ["private"] : ["public", "private"]) {
    const field = composer.elements[`target_${name}`];
    if (field && (name === at || !isPrivate)) field.value = button.dataset.answer;
    const line = composer.querySelector(`.answering[data-for=${name}]`);
    if (line) {
      line.querySelector("bdi").textContent = message.querySelector(".msg__who b").textContent;
      line.querySelector("q").textContent = message.querySelector(".msg__text").textContent.trim().slice(0, 80);
    }
  }
  mode(at);
  document.dispatchEvent(new CustomEvent("desk:aimed"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-answer]");
  if (button) answer(button);
});
