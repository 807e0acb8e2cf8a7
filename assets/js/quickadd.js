/* Quick add: the role of a known posting fills itself in; Ctrl+Shift+Enter adds and keeps the form for the next one. */

let filled = "";

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "lookup") return;
  const role = event.target.closest("form").elements.role;
  const known = event.target.querySelector("[data-role]")?.dataset.role ?? "";
  if (role.value && role.value !== filled) return;
  filled = known;
  role.value = known;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || !event.shiftKey) return;
  const form = event.target.closest?.("[data-quick-add]");
  if (!form) return;
  event.preventDefault();
  form.elements.another.click();
});
