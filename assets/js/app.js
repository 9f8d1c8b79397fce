// Small conveniences on pages that work without them. Listeners sit on the document, so that swapped-in pages need no set-up.
import "./tip.js";
import "./grid.js";
import "./shortcuts.js";

const root = document.documentElement;

// A page that answers with errors puts the focus on its summary.
function focusErrors() {
  const errors = document.querySelector("[data-focus-now]");
  errors?.focus();
  return Boolean(errors);
}
// After a new page was swapped in, reading goes on at its content and at its top; going back keeps the place.
document.addEventListener("htmx:after:swap", (event) => {
  const { target, request } = event.detail.ctx;
  if (focusErrors() || target !== document.body) return;
  document.getElementById("main")?.focus({ preventScroll: true });
  if (!request?.headers?.["HX-History-Restore-Request"] && !location.hash) scrollTo(0, 0);
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", focusErrors);
else focusErrors();

// The address of a refused form is not a page: keep the one the person was on.
document.addEventListener("htmx:before:history:update", (event) => {
  if (event.detail.response?.status >= 400) event.preventDefault();
});

// A thin bar while a page is on its way.
document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.target === document.body) root.classList.add("is-loading");
});
document.addEventListener("htmx:finally:request", () => root.classList.remove("is-loading"));

// Menus close on a click elsewhere, on a file that is fetched, and on Escape; the phone's navigation closes on Escape too.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("a[download]")) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (location.hash === "#menu") {
    location.hash = "#main";
    document.querySelector(".burger")?.focus();
  }
});

// Sent by the server as `HX-Trigger: {"toast":{"text":"…"}}`; errors never come this way.
document.addEventListener("toast", (event) => {
  const box = document.querySelector(".toast");
  if (!box) return;
  box.textContent = event.detail.text;
  setTimeout(() => (box.textContent = ""), 4000);
});

// A form is sent once; the button says that it is being saved until the answer is there.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (button?.dataset.busy) {
    button.dataset.idle = button.innerText;
    button.setAttribute("aria-disabled", "true");
    button.lastChild.textContent = button.dataset.busy;
  }
}, true);
function release() {
  for (const button of document.querySelectorAll("[data-idle]")) {
    button.removeAttribute("aria-disabled");
    button.lastChild.textContent = button.dataset.idle;
    delete button.dataset.idle;
  }
}
document.addEventListener("htmx:finally:request", release);
addEventListener("pageshow", release);
