/* A button that opens the browser's own way of printing; without this script it stays hidden. */

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
