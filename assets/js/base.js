/* Focus after a refused form or a swap, links of the error summary, one submit for a double click, folds. */

/* After a swap the focus goes to the summary of a refused form, or to what the server marked; when what was pressed is
   gone ("Show more"), to the first thing that took its place. */
document.addEventListener("htmx:afterSettle", (event) => {
  const marked = event.target.querySelector?.(".error-summary, [data-focus]");
  const pressed = event.detail.requestConfig?.elt;
  const asked = pressed && !pressed.matches('[hx-trigger^="every"]'); // what looks again by itself takes no focus
  const lost = document.activeElement === document.body && asked && !pressed.isConnected;
  (marked ?? (lost ? event.target.querySelector?.("a, button, input:not([type=hidden])") : null))?.focus();
});

/* Follow a link of the summary into its field: focus the control, and show its label as well. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  const group = control.closest("fieldset") ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  (group ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});

/* A plain form is sent once: later clicks are dropped until the answer comes or the page is shown again. */
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.matches("[hx-post]")) return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000);
});

/* Every live announcement goes through here: emptied first, so the same sentence twice is said twice. */
document.addEventListener("waymark:say", (event) => {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = event.detail.text; });
});

/* A fold that holds a form is opened in order to type: its first field gets the focus. */
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.fold") && event.target.open) event.target.querySelector("textarea, select")?.focus();
}, true);
