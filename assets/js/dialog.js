/* Opens links with data-dialog in the one <dialog> of the page; without JavaScript they are plain links.
   The server answers an htmx request with the inside only; the event `waymark:close-dialog` (HX-Trigger) shuts it. */

const dialog = document.getElementById("dialog");
const inside = document.getElementById("dialog-in");
const address = (link) => link.href.baseVal ?? link.href; // a link within an SVG has a baseVal
/* A form that came back with what was typed says so: its fields begin with that. */
const typed = () => inside.querySelector("[data-typed]") !== null
  || [...inside.querySelectorAll("input[type=text], input[type=url], input:not([type]), textarea")]
    .some((field) => field.value !== field.defaultValue);

function name() {
  const heading = inside.querySelector("h1, h2");
  if (!heading) return;
  heading.id ||= "dialog-h";
  dialog.setAttribute("aria-labelledby", heading.id);
}

let opening = false;

async function open(link) {
  if (dialog.open || opening) return;
  opening = true;
  try {
    await htmx.ajax("GET", address(link), { source: link, target: inside, swap: "innerHTML" });
  } catch {
    location.assign(address(link));
    return;
  } finally {
    opening = false;
  }
  if (!inside.hasChildNodes()) return;
  name();
  dialog.showModal();
  (inside.querySelector("[autofocus]") ?? inside.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
}

function shut({ ask }) {
  if (ask && typed() && !confirm("Close without adding? What you typed is lost.")) return;
  dialog.close();
  // Until the next frame the browser leaves the focus in the field that went: a key pressed meanwhile would be lost in it.
  if (dialog.contains(document.activeElement)) document.activeElement.blur();
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-dialog]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    shut({ ask: true });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) shut({ ask: true });
    if (event.target.closest("[data-shut]")) {
      event.preventDefault();
      shut({ ask: false });
    }
  });
  // The browser tells of it a frame later, when the next form may be there or on its way.
  dialog.addEventListener("close", () => { if (!dialog.open && !opening) inside.replaceChildren(); });
  dialog.addEventListener("htmx:afterSettle", name);
  document.addEventListener("waymark:close-dialog", () => shut({ ask: false }));
}
