// The months of a breakdown as fields in a grid: keys of a spreadsheet, pasting a block, sums while typing. Without it
// the same fields are a form.
import { read, said } from "./amount.js";

const grid = (element) => element.closest?.(".grid[data-decimals]");
const fields = (table) => [...table.querySelectorAll(".entry input")];
let undo = [];

function scale(table) {
  const { decimals, yuan } = table.dataset;
  return [Number(decimals), yuan === undefined ? undefined : Number(yuan)];
}

/** What stands in a cell: its field, or the number it shows; `undefined` where that cannot be read. */
function amount(table, cell) {
  const field = cell.querySelector("input");
  if (!field) return BigInt(cell.dataset.v ?? 0);
  const found = read(field.value, ...scale(table));
  field.toggleAttribute("data-wrong", found === undefined);
  // A blank field leaves its cell as it is.
  return found === null ? BigInt(field.dataset.v ?? 0) : found;
}

function put(cell, text) {
  if (cell && cell.textContent !== text) cell.textContent = text;
}

/** Row sums, and for each month what the children have against the target. */
function add(table) {
  const [decimals] = scale(table);
  const rows = [...table.querySelectorAll("tbody tr")];
  const head = [...table.querySelectorAll("thead tr:nth-child(3) [data-declared]")];
  const given = head.map(() => 0n);
  for (const row of rows) {
    const months = [...row.querySelectorAll("[data-month]")].map((cell) => amount(table, cell) ?? 0n);
    months.forEach((value, place) => (given[place] += value));
    const quarters = [...row.querySelectorAll(".quarter")];
    quarters.forEach((cell, quarter) => {
      put(cell, said(months.slice(quarter * 3, quarter * 3 + 3).reduce((sum, value) => sum + value, 0n), decimals));
    });
    put(row.querySelector(".total .sum"), said(months.reduce((sum, value) => sum + value, 0n), decimals));
  }
  let all = 0n;
  const quarters = [0n, 0n, 0n, 0n];
  head.forEach((cell, place) => {
    const difference = given[place] - BigInt(cell.dataset.declared);
    all += difference;
    quarters[Math.floor(place / 3)] += difference;
    show(cell, difference, decimals);
  });
  table.querySelectorAll("thead tr:nth-child(3) .quarter").forEach((cell, quarter) => show(cell, quarters[quarter], decimals));
  show(table.querySelector("thead tr:nth-child(3) .total"), all, decimals);
}

function show(cell, difference, decimals) {
  if (!cell) return;
  cell.classList.remove("zero", "over", "under");
  cell.classList.add(difference === 0n ? "zero" : difference > 0n ? "over" : "under");
  put(cell, difference === 0n ? "✓ 0" : (difference > 0n ? "+" : "") + said(difference, decimals));
}

/** The field some rows and columns away, over cells without one. */
function beside(field, down, right) {
  const cell = field.closest("td");
  if (right) {
    let next = cell;
    while ((next = right > 0 ? next.nextElementSibling : next.previousElementSibling)) {
      const found = next.querySelector?.("input");
      if (found) return found;
    }
    return null;
  }
  const month = cell.dataset.month;
  let row = cell.parentElement;
  while ((row = down > 0 ? row.nextElementSibling : row.previousElementSibling)) {
    const found = row.querySelector(`[data-month="${month}"] input`);
    if (found) return found;
  }
  return null;
}

function go(field, down, right) {
  const next = beside(field, down, right);
  next?.focus();
  next?.select();
  return Boolean(next);
}

function set(field, value) {
  field.value = value;
  field.closest("td").classList.toggle("dirty", value !== field.defaultValue);
}

document.addEventListener("input", (event) => {
  const table = event.target.matches?.(".entry input") && grid(event.target);
  if (!table) return;
  set(event.target, event.target.value);
  add(table);
});

document.addEventListener("keydown", (event) => {
  const { target: field, key } = event;
  const table = field.matches?.(".entry input") && !event.isComposing && grid(field);
  if (!table) return;
  const ends = field.selectionStart === field.selectionEnd || field.selectionEnd - field.selectionStart === field.value.length;
  const moved =
    key === "Enter" ? go(field, event.shiftKey ? -1 : 1, 0) || true
    : key === "ArrowDown" ? go(field, 1, 0)
    : key === "ArrowUp" ? go(field, -1, 0)
    : key === "ArrowLeft" && ends && field.selectionStart === 0 ? go(field, 0, -1)
    : key === "ArrowRight" && ends && field.selectionEnd === field.value.length ? go(field, 0, 1)
    : false;
  if (moved) event.preventDefault();
  if (key === "Escape") {
    set(field, field.defaultValue);
    add(table);
  }
  if (key === "z" && (event.ctrlKey || event.metaKey) && undo.length) {
    event.preventDefault();
    for (const [changed, before] of undo.pop()) set(changed, before);
    add(table);
  }
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(".entry input") && grid(event.target)) event.target.select();
});

// A block of a spreadsheet: lines by CRLF, cells by tabs. One step to undo.
document.addEventListener("paste", (event) => {
  const table = event.target.matches?.(".entry input") && grid(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!table || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  const changes = [];
  let first = event.target;
  for (const line of text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n")) {
    let field = first;
    for (const value of line.split("\t")) {
      if (!field) break;
      changes.push([field, field.value]);
      set(field, value.trim());
      field = beside(field, 0, 1);
    }
    first = first && beside(first, 1, 0);
  }
  undo.push(changes);
  add(table);
});

// Leaving with changes asks first; saving does not.
let saving = false;
document.addEventListener("submit", () => (saving = true), true);
addEventListener("beforeunload", (event) => {
  const table = document.querySelector(".grid[data-decimals]");
  if (!saving && table && fields(table).some((field) => field.value !== field.defaultValue)) event.preventDefault();
});
document.addEventListener("htmx:after:swap", () => {
  undo = [];
  saving = false;
});
