/* A button that copies the field it names; where the browser has no clipboard for us it stays hidden. */

document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = !navigator.clipboard; });

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  document.dispatchEvent(new CustomEvent("waymark:toast", { detail: { text: "Copied." } }));
});
