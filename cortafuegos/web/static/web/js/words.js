// The few sentences a script says itself, translated by the server into the page.
const element = document.getElementById("words");
const words = element ? JSON.parse(element.textContent) : {};

export function say(key, values = {}) {
  return (words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}
