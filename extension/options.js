/* Keeps the address of the person's Waymark, in this browser alone. */

const form = document.querySelector("form");
const field = document.getElementById("site");
const said = document.getElementById("said");

function origin(text) {
  const typed = text.trim();
  try {
    const url = new URL(/^[a-z]+:/i.test(typed) && !/^localhost:/i.test(typed) ? typed : `https://${typed}`);
    const here = ["localhost", "127.0.0.1"].includes(url.hostname);
    if (!/^[a-z0-9.-]+$/.test(url.hostname)) return "";
    return url.protocol === "https:" || (url.protocol === "http:" && here) ? url.origin : "";
  } catch {
    return "";
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const site = origin(field.value);
  field.setAttribute("aria-invalid", String(!site));
  if (!site) {
    said.textContent = "Enter an address that starts with https://";
    field.focus();
    return;
  }
  await chrome.storage.local.set({ site });
  field.value = site;
  said.textContent = "Saved.";
});

/* Last, and only into an empty field: whoever is quick has begun to type. */
const kept = await chrome.storage.local.get("site");
field.value ||= kept.site ?? "";
