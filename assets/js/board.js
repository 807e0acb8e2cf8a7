/* The board. Drag, the Move menu, the keys [ and ] and the plain form send one and the same request; the server answers
   with the two columns, and the focus goes to the card in its new place. Without JavaScript, Move opens a page. */

const board = document.getElementById("board");
const menu = document.getElementById("move-menu");
const dialog = document.getElementById("dialog");
const singleKeys = document.documentElement.dataset.shortcuts !== "off";
const stages = [...(board?.querySelectorAll(".col") ?? [])].map((column) => column.dataset.stage);

const cardOf = (node) => node?.closest?.(".tk");
const columnOf = (node) => node?.closest?.(".col");
const link = (card) => card.querySelector(".role");
const button = (card) => card.querySelector(".mv");
const visible = (node) => node.offsetParent !== null;
const cards = (column = board) => [...column.querySelectorAll(".tk")].filter(visible);
const column = (stage) => document.getElementById(`col-${stage}`);
const label = (stage) => column(stage).querySelector("h2").textContent;
const say = (name, text) => document.dispatchEvent(new CustomEvent(name, { detail: { text } }));

/* One card takes part in the Tab order; the arrow keys go to the others. */
function rove(chosen) {
  const all = cards();
  const current = chosen ?? all.find((card) => link(card).tabIndex === 0) ?? all[0];
  board.querySelectorAll(".role, .mv").forEach((node) => { node.tabIndex = cardOf(node) === current ? 0 : -1; });
  board.querySelectorAll(".mv").forEach((node) => node.setAttribute("aria-haspopup", "menu"));
}

function focus(card) {
  if (!card) return;
  rove(card);
  link(card).focus();
}

function step(card, by) {
  const within = cards(columnOf(card));
  focus(within[within.indexOf(card) + by]);
}

function across(card, by) {
  const row = cards(columnOf(card)).indexOf(card);
  for (let at = stages.indexOf(columnOf(card).dataset.stage) + by; stages[at]; at += by) {
    const within = cards(column(stages[at]));
    if (within.length) {
      focus(within[Math.min(row, within.length - 1)]);
      return;
    }
  }
}

/* Show the card where it goes, ask the server, and take it back when the answer is no. */
async function move(card, to) {
  const from = columnOf(card)?.dataset.stage;
  if (!from || from === to || card.classList.contains("pending")) return;
  if (to === "closed") {
    close(card);
    return;
  }
  const item = card.closest("li");
  const home = document.createComment("");
  const name = `${link(card).textContent.trim()}, ${card.querySelector(".co").textContent.trim()},`;
  item.replaceWith(home);
  (column(to).querySelector(".tickets") ?? column(to)).append(item);
  card.classList.add("pending");
  link(card).focus();
  try {
    await htmx.ajax("POST", button(card).formAction, { source: board, swap: "none", values: { stage: to, seen: from } });
  } catch {
    /* Without a connection: the card is still here, and goes back below. */
  }
  const moved = document.getElementById(card.id);
  moved?.classList.remove("pending"); /* htmx lends a new element the classes of the old one for a moment */
  if (moved === card) {
    home.replaceWith(item);
    say("waymark:trouble", `${name} was not moved. It is back in ${label(from)}. Try again.`);
  }
  focus(moved ?? cards(column(from))[0] ?? cards()[0]);
  const by = waiting.get(card.id) ?? 0;
  waiting.delete(card.id);
  if (by && moved && moved !== card) neighbour(moved, by);
}

/* Keys pressed while a move is under way count once it has come back. */
const waiting = new Map();

function neighbour(card, by) {
  if (card.classList.contains("pending")) {
    waiting.set(card.id, (waiting.get(card.id) ?? 0) + by);
    return;
  }
  const to = stages[stages.indexOf(columnOf(card).dataset.stage) + by];
  if (to) move(card, to);
}

/* Closing asks how it ended, in the dialog of the page. */
function close(card) {
  const where = { stage: columnOf(card).dataset.stage, at: cards(columnOf(card)).indexOf(card), id: card.id };
  const opener = menu.querySelector("[data-close-it]");
  opener.href = button(card).formAction.replace(/stage\/$/, "close/");
  if (menu.matches(":popover-open")) menu.hidePopover();
  opener.click();
  dialog.addEventListener("close", () => {
    const within = cards(column(where.stage));
    focus(document.getElementById(where.id) ?? within[Math.min(where.at, within.length - 1)] ?? cards()[0]);
  }, { once: true });
}

/* The menu is one for all cards. */
const choices = () => [...menu.querySelectorAll("[role=menuitem]:not([disabled])")];

function openMenu(card) {
  const now = columnOf(card).dataset.stage;
  menu.dataset.card = card.id;
  menu.querySelectorAll("[data-to]").forEach((choice) => {
    choice.disabled = choice.dataset.to === now;
    choice.querySelector("span").textContent = label(choice.dataset.to) + (choice.disabled ? " (now)" : "");
  });
  menu.showPopover();
  place(button(card).getBoundingClientRect());
  button(card).setAttribute("aria-expanded", "true");
  choices()[0].focus();
}

function place(by) {
  const wide = matchMedia("(min-width: 821px)").matches;
  const below = by.bottom + menu.offsetHeight + 8 < innerHeight;
  const top = below ? by.bottom + 4 : Math.max(8, by.top - menu.offsetHeight - 4);
  menu.style.top = wide ? `${top}px` : "";
  menu.style.left = wide ? `${Math.max(8, Math.min(by.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px` : "";
}

function choose(choice) {
  const card = document.getElementById(menu.dataset.card);
  menu.hidePopover();
  move(card, choice.dataset.to ?? "closed");
}

function inMenu(event) {
  const all = choices();
  const at = all.indexOf(document.activeElement);
  const digit = Number(event.key);
  const going = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (going !== undefined) all[going % all.length].focus();
  else if (digit >= 1 && digit <= 6) {
    const choice = menu.querySelectorAll("[role=menuitem]")[digit - 1];
    if (!choice.disabled) choose(choice);
  } else if (event.key === "Tab") menu.hidePopover();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const KEYS = {
  k: (card) => step(card, -1), ArrowUp: (card) => step(card, -1),
  j: (card) => step(card, 1), ArrowDown: (card) => step(card, 1),
  h: (card) => across(card, -1), ArrowLeft: (card) => across(card, -1),
  l: (card) => across(card, 1), ArrowRight: (card) => across(card, 1),
  m: openMenu, "[": (card) => neighbour(card, -1), "]": (card) => neighbour(card, 1),
};

function pressed(event) {
  const card = cardOf(event.target);
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const modified = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  if (!card || !act || modified || (event.key.length === 1 && !singleKeys)) return;
  event.preventDefault();
  event.stopPropagation();
  act(card);
}

/* Drag, for a mouse or a pen: begins after a few pixels, so that a click stays a click. */
const FAR = 6;

function grabbed(event) {
  const card = cardOf(event.target);
  const fine = matchMedia("(pointer: fine) and (min-width: 821px)").matches && event.pointerType !== "touch";
  if (!card || !fine || event.button || event.target.closest(".mv") || card.classList.contains("pending")) return;
  const start = { x: event.clientX, y: event.clientY };
  const box = card.getBoundingClientRect();
  let copy = null;
  let over = null;

  function begin() {
    copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.setAttribute("aria-hidden", "true");
    copy.inert = true;
    copy.classList.add("drag-copy");
    copy.style.width = `${box.width}px`;
    document.body.append(copy);
    document.body.classList.add("drags");
    card.classList.add("dragging");
  }

  function moved(at) {
    if (!copy && Math.hypot(at.clientX - start.x, at.clientY - start.y) < FAR) return;
    if (!copy) begin();
    copy.style.left = `${box.left + at.clientX - start.x}px`;
    copy.style.top = `${box.top + at.clientY - start.y}px`;
    over?.classList.remove("over");
    over = document.elementFromPoint(at.clientX, at.clientY)?.closest?.(".col, .rail") ?? null;
    over?.classList.add("over");
  }

  function ended(at) {
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", ended);
    removeEventListener("pointercancel", ended);
    removeEventListener("keydown", escaped, true);
    over?.classList.remove("over");
    if (!copy) return;
    copy.remove();
    document.body.classList.remove("drags");
    card.classList.remove("dragging");
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (at.type === "pointerup" && over) move(card, over.dataset.stage ?? "closed");
  }

  function escaped(key) {
    if (key.key === "Escape") ended(key);
  }

  addEventListener("pointermove", moved);
  addEventListener("pointerup", ended);
  addEventListener("pointercancel", ended);
  addEventListener("keydown", escaped, true);
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

if (board) {
  board.addEventListener("keydown", pressed);
  board.addEventListener("focusin", (event) => { if (cardOf(event.target)) rove(cardOf(event.target)); });
  board.addEventListener("pointerdown", grabbed);
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("click", (event) => {
    if (!event.target.closest(".mv")) return;
    event.preventDefault();
    openMenu(cardOf(event.target));
  });
  /* A move that went wrong names its card itself. */
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    board.addEventListener(name, (event) => { if (event.target === board) event.stopPropagation(); });
  }
  document.body.addEventListener("htmx:oobAfterSwap", () => rove());
  board.addEventListener("htmx:afterSwap", () => rove());
  menu.addEventListener("keydown", inMenu);
  menu.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-to]");
    if (choice) choose(choice);
    const closing = event.target.closest("[data-close-it]");
    if (closing && event.isTrusted) {
      event.preventDefault();
      choose(closing);
    }
  });
  menu.addEventListener("toggle", (event) => {
    const card = document.getElementById(menu.dataset.card);
    if (event.newState === "closed" && card) button(card).removeAttribute("aria-expanded");
  });
  document.querySelector("[data-key-hints]").hidden = !singleKeys;
  board.closest("main").querySelector("#stage-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  rove();
}
