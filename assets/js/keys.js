/* Single-key shortcuts: C adds, G then a letter goes, / searches, in the page's own field where it has one, ? lists them all.
   Silent where one types, with modifiers, behind dialogs, and when the person switched them off. A key that means
   nothing here is offered to the page's own script as waymark:key, which that cancels when it takes it. */

const PLACES = { t: "today", a: "applications", w: "window", p: "people", c: "companies", i: "insights", s: "students" };
const PAUSE = 1200;
const list = document.getElementById("shortcuts");
const enabled = document.documentElement.dataset.shortcuts !== "off";
let going = 0;

const inField = (element) => element.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable=true]");
const visible = (selector) => document.querySelector(selector);

function go(key) {
  going = 0;
  visible(`[data-go="${PLACES[key]}"]`)?.click();
}

const KEYS = {
  c: () => visible("a[data-add]")?.click(),
  "/": () => (visible("[data-search]") ? visible("[data-search]").focus() : visible("[data-go=search]")?.click()),
  "?": () => list?.showModal(),
  g: () => { going = Date.now(); },
};

/* A page's own keys: links and buttons with data-key="e", fields that it leads into; data-line-key="t" is for the line that has the focus. */
function own(key) {
  const line = document.activeElement?.closest("li");
  const target = /^[a-z]$/.test(key) && (line?.querySelector(`[data-line-key="${key}"]`) ?? visible(`[data-key="${key}"]`));
  return target && (() => (inField(target) ? target.focus() : target.click()));
}

function offered(key, shift) {
  return !document.dispatchEvent(new CustomEvent("waymark:key", { detail: { key, shift }, cancelable: true }));
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (inField(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
  const key = event.key.toLowerCase();
  if (Date.now() - going < PAUSE && PLACES[key]) {
    event.preventDefault();
    go(key);
    return;
  }
  const press = KEYS[key] ?? own(key);
  if (press || offered(key, event.shiftKey)) event.preventDefault();
  if (press) press();
}

if (enabled) document.addEventListener("keydown", pressed);

if (list) {
  document.querySelectorAll("[data-shortcuts-list]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.closest("[popover]")?.hidePopover();
      list.showModal();
    });
  });
  list.addEventListener("click", (event) => {
    if (event.target === list || event.target.closest("[data-shut]")) list.close();
  });
}
