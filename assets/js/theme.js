/* Appearance: shows a theme as soon as it is chosen; saving is the form's. */

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[name=theme], select[name=theme]")) return;
  const theme = event.target.value;
  if (theme === "light" || theme === "dark") document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
});
