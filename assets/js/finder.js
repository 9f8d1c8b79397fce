// Ctrl K: a dialog that searches while one types. Without this script the entry in the page head leads to /search.
const WAIT_MS = 120;
let asked = 0;
let timer;

const finder = () => document.querySelector("[data-finder]");
const parts = (dialog) => ({
  input: dialog.querySelector("[role=combobox]"),
  list: dialog.querySelector("[role=listbox]"),
  status: dialog.querySelector("[role=status]"),
  all: dialog.querySelector("[data-all]"),
});
const options = (dialog) => [...dialog.querySelectorAll("[role=option]")];
const active = (dialog) => dialog.querySelector("[role=option][aria-selected=true]");

export function openFinder() {
  const dialog = finder();
  if (!dialog || dialog.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
  const { input } = parts(dialog);
  input.select();
  if (input.value) search(dialog);
}

function choose(dialog, option) {
  for (const other of options(dialog)) other.setAttribute("aria-selected", String(other === option));
  const { input } = parts(dialog);
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function show(dialog, html) {
  const { input, list, status } = parts(dialog);
  list.innerHTML = html;
  const said = list.querySelector("[data-said]");
  status.textContent = said?.content.textContent ?? "";
  said?.remove();
  const has = options(dialog).length > 0;
  list.hidden = list.childElementCount === 0;
  input.setAttribute("aria-expanded", String(has));
  choose(dialog, has ? options(dialog)[0] : null);
}

async function search(dialog) {
  const { input, all } = parts(dialog);
  const typed = input.value.trim();
  const turn = ++asked;
  all.href = typed ? `/search?q=${encodeURIComponent(typed)}` : "/search";
  if (!typed) return show(dialog, "");
  try {
    const answer = await fetch(`/search/found?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request-Type": "partial" } });
    if (turn !== asked) return;
    // Whoever was signed out meanwhile is led to sign in again.
    if (answer.redirected) location.assign(all.href);
    else if (answer.ok) show(dialog, await answer.text());
  } catch {
    // The network is away: Enter still leads to the page.
    if (turn === asked) show(dialog, "");
  }
}

document.addEventListener("input", (event) => {
  const dialog = event.target.closest?.("[data-finder]");
  if (!dialog) return;
  clearTimeout(timer);
  // What was found of a shorter text is not what Enter should open.
  asked += 1;
  choose(dialog, null);
  timer = setTimeout(() => search(dialog), WAIT_MS);
});

document.addEventListener("keydown", (event) => {
  const dialog = event.target.closest?.("[data-finder]");
  if (!dialog || event.isComposing || event.target.getAttribute("role") !== "combobox") return;
  const all = options(dialog);
  const place = all.indexOf(active(dialog));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : (place + step + all.length) % all.length;
    choose(dialog, all[next]);
  } else if (event.key === "Enter" && place >= 0) {
    event.preventDefault();
    dialog.close();
    all[place].click();
  }
});

document.addEventListener("pointermove", (event) => {
  const option = event.target.closest?.("[data-finder] [role=option]");
  if (option && option.getAttribute("aria-selected") !== "true") choose(option.closest("dialog"), option);
});

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("[data-find]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    event.stopPropagation();
    openFinder();
  } else if (target.closest("dialog [data-shut], dialog a") || target.matches("dialog")) {
    // A click beside the dialog falls on the dialog itself.
    target.closest("dialog").close();
  }
}, true);
