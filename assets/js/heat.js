/* The calendar of the window: one stop in the Tab order, arrows move by day and week, Enter opens the day. A narrow
   screen starts at this week. Each cell is a link, so that all of it works without this script but for the arrows. */

const region = document.getElementById("heat");
const days = [...(region?.querySelectorAll("a") ?? [])];
const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };

function reveal(cell) {
  const { left, width } = cell.getBoundingClientRect();
  const frame = region.getBoundingClientRect();
  region.scrollLeft += left + width / 2 - frame.left - frame.width / 2;
}

function go(to) {
  const cell = days[Math.max(0, Math.min(days.length - 1, to))];
  days.forEach((one) => one.setAttribute("tabindex", one === cell ? "0" : "-1"));
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  reveal(cell);
}

if (days.length) {
  region.tabIndex = -1;
  reveal(days.find((one) => one.getAttribute("tabindex") === "0") ?? days[0]);
  region.addEventListener("keydown", (event) => {
    const at = days.indexOf(event.target.closest("a"));
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = { Home: 0, End: days.length - 1 }[event.key] ?? at + steps[event.key];
    if (Number.isNaN(to)) return;
    event.preventDefault();
    go(to);
  });
}
