/* Signing up: the browser tells its time zone, so that days and reminders are right from the start. */

for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
