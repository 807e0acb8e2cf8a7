/* The table: keys between rows, ticks with ranges, how many are ticked. All of it works without, one box at a time. */

const results = document.getElementById("results");
let last = null;

const rows = () => [...results.querySelectorAll("tbody tr:not(#more)")];
const box = (row) => row?.querySelector("[name=ids]");
const link = (row) => row?.querySelector("th a");
const boxes = () => rows().map(box);
const here = () => document.activeElement.closest?.("#results tbody tr:not(#more)");

function count() {
  const all = boxes();
  const ticked = all.filter((one) => one.checked).length;
  const whole = results.querySelector("[name=all]");
  const word = results.querySelector("[data-ticked]");
  const every = results.querySelector("[data-all]");
  if (word) word.textContent = whole?.checked ? "All ticked" : `${ticked} ticked`;
  if (!every) return;
  every.hidden = false;
  const input = every.firstElementChild;
  input.checked = all.length > 0 && ticked === all.length;
  input.indeterminate = ticked > 0 && ticked < all.length;
}

function say() {
  const text = results.querySelector("[data-ticked]")?.textContent;
  if (text) document.dispatchEvent(new CustomEvent("waymark:say", { detail: { text } }));
}

function tick(one, value, range) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(one)].sort((a, b) => a - b);
  if (range && from >= 0) all.slice(from, to + 1).forEach((each) => { each.checked = value; });
  one.checked = value;
  last = one;
  count();
}

function tickAll() {
  const all = boxes();
  const value = !all.every((one) => one.checked);
  all.forEach((one) => { one.checked = value; });
  count();
  say();
}

function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  link(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))])?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: tickAll,
  e: () => here()?.querySelector("a.inl[href$='/next/']")?.click(),
  x: (shift) => {
    const one = box(here());
    if (!one) return;
    tick(one, shift || !one.checked, shift);
    say();
  },
};

function pressed(event) {
  const act = KEYS[event.detail.key];
  if (!act) return;
  event.preventDefault();
  act(event.detail.shift);
}

function cancelled(event) {
  if (event.key === "Escape") event.target.closest("td.edits")?.querySelector("[data-cancel]")?.click();
}

if (results) {
  document.addEventListener("waymark:key", pressed);
  results.addEventListener("keydown", cancelled);
  results.addEventListener("click", (event) => {
    const one = event.target.closest("[name=ids]");
    if (one) tick(one, one.checked, event.shiftKey);
    else if (event.target.closest("[data-all] input")) tickAll();
  });
  results.addEventListener("change", count);
  document.body.addEventListener("htmx:afterSettle", count);
  count();
}
