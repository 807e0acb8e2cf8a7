/* Quick add: the role of a known posting fills itself in; a name that is offered is taken by a press; the day of applying
   is told when it is not today; Ctrl+Shift+Enter adds and keeps the form for the next one. */

let filled = "";

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "lookup") return;
  const role = event.target.closest("form").elements.role;
  const known = event.target.querySelector("[data-role]")?.dataset.role ?? "";
  if (role.value && role.value !== filled) return;
  filled = known;
  role.value = known;
});

document.addEventListener("click", (event) => {
  const offered = event.target.closest?.("[data-company]");
  const field = offered?.closest("form").elements.company_or_link;
  if (!field) return;
  field.value = offered.dataset.company;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});

document.addEventListener("change", (event) => {
  if (event.target.name !== "applied_on") return;
  const day = event.target.valueAsDate?.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  event.target.closest("details").querySelector("[data-applied]").textContent = `Applied ${day ?? "today"}.`;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || !event.shiftKey) return;
  const form = event.target.closest?.("[data-quick-add]");
  if (!form) return;
  event.preventDefault();
  form.elements.another.click();
});
