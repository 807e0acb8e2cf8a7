/* What htmx does beside its settings in base.html: a quiet progress line, expired sessions, lost connections. */

const SLOW = 300;
const root = document.documentElement;
let under_way = 0;
let timer = 0;

function started(event) {
  under_way += 1;
  event.detail.target?.setAttribute("aria-busy", "true");
  timer ||= setTimeout(() => root.classList.add("busy"), SLOW);
}

function ended(event) {
  under_way = Math.max(0, under_way - 1);
  event.detail.target?.removeAttribute("aria-busy");
  if (under_way) return;
  clearTimeout(timer);
  timer = 0;
  root.classList.remove("busy");
}

/* A redirect to the sign-in page arrives as that page: go there instead of swapping it in. */
function signedOut(event) {
  const answered = event.detail.xhr.responseURL;
  if (!answered) return;
  const { pathname } = new URL(answered);
  if (pathname !== "/accounts/login/" || location.pathname === pathname) return;
  event.detail.shouldSwap = false;
  location.assign(`${pathname}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function lost(event) {
  const reading = event.detail.requestConfig?.verb === "get";
  const text = reading
    ? "Not loaded. Check the connection, then try again."
    : "Not saved. Your text is still here. Try again.";
  document.dispatchEvent(new CustomEvent("waymark:trouble", { detail: { text } }));
}

document.addEventListener("htmx:beforeRequest", started);
document.addEventListener("htmx:afterRequest", ended);
document.addEventListener("htmx:beforeSwap", signedOut);
document.addEventListener("htmx:sendError", lost);
document.addEventListener("htmx:timeout", lost);
document.addEventListener("htmx:responseError", lost);
