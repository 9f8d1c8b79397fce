// Ctrl K searches, ? shows the shortcuts, g and a letter lead to a room. Single keys can be switched off (WCAG 2.1.4).
import { openFinder } from "./finder.js";

const OFF = "single-keys-off";
const AFTER_G_MS = 1500;
let sinceG = 0;

const areOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};
const isTyping = (target) => target.closest?.("input, select, textarea, [contenteditable], [role=grid], [role=combobox]");

function openShortcuts() {
  const dialog = document.querySelector("[data-shortcuts]");
  if (!dialog || dialog.open) return;
  dialog.querySelector("[data-single-keys]").checked = !areOff();
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === "k") {
    event.preventDefault();
    return openFinder();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (areOff() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const jump = event.timeStamp - sinceG < AFTER_G_MS && document.querySelector(`[data-jump="${CSS.escape(key)}"]`);
  sinceG = key === "g" ? event.timeStamp : -AFTER_G_MS;
  if (key === "?") {
    event.preventDefault();
    openShortcuts();
  } else if (jump) {
    event.preventDefault();
    jump.click();
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-single-keys]")) return;
  try {
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
});
