/* Toasts leave after ten seconds, but not while the pointer or the focus is on them. Trouble stays until it is shut. */

const STAY = 10000;
const area = document.getElementById("toast");

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  toast.querySelector(".shut")?.removeAttribute("hidden");
  if (toast.classList.contains("trouble")) return;
  let timer = 0;
  const held = () => toast.matches(":hover, :focus-within");
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!held()) toast.remove(); }, STAY);
  };
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}

function watchAll() {
  area.querySelectorAll(".toast").forEach(watch);
}

function say(text, trouble) {
  const toast = document.getElementById("toast-blank").content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = text;
  toast.classList.toggle("trouble", trouble);
  if (trouble) area.querySelectorAll(".trouble").forEach((old) => old.remove());
  area.append(toast);
  if (trouble) document.getElementById("alert").textContent = text;
}

if (area) {
  new MutationObserver(watchAll).observe(area, { childList: true });
  watchAll();
  area.addEventListener("click", (event) => {
    event.target.closest(".shut")?.closest(".toast").remove();
  });
  /* What a full page load brought is read out as well; after a swap the server fills #live itself. */
  const brought = [...area.querySelectorAll(".toast p")].map((p) => p.textContent.trim()).join(" ");
  if (brought) document.dispatchEvent(new CustomEvent("waymark:say", { detail: { text: brought } }));
  document.addEventListener("waymark:toast", (event) => say(event.detail.text, false));
  document.addEventListener("waymark:trouble", (event) => say(event.detail.text, true));
}
