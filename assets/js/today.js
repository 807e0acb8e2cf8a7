/* The keys of Today: J and K go between the lines, D ticks, S opens the snooze menu; Enter follows the link by itself. */

const list = document.getElementById("today");
const rows = () => [...list.querySelectorAll("[data-row]")];
const here = () => document.activeElement.closest("[data-row]");
const link = (row) => row?.querySelector(".what");

function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  link(at < 0 ? all[0] : all[at + by])?.focus();
}

/* Without a line to act on, the key chooses the first one and does nothing yet. */
function press(what) {
  const row = here();
  if (row) row.querySelector(what)?.click();
  else step(0);
}

const KEYS = { j: () => step(1), k: () => step(-1), d: () => press("[data-done]"), s: () => press("[data-snooze]") };

function pressed(event) {
  const act = KEYS[event.detail.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/* In the menu the arrows go up and down; the first choice has the focus. */
function inMenu(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = event.target.closest(".later");
  if (!by || !menu) return;
  const all = [...menu.querySelectorAll("button, a")];
  all[(all.indexOf(event.target) + by + all.length) % all.length].focus();
  event.preventDefault();
}

if (list) {
  document.addEventListener("waymark:key", pressed);
  list.addEventListener("keydown", inMenu);
  list.addEventListener("toggle", (event) => {
    if (event.newState === "open") event.target.querySelector("button, a")?.focus();
  }, true);
}
