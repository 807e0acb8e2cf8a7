/* A form sent after the session ended leads to the sign-in page. What was typed waits in this tab under the person's id,
   comes back into the same form after signing in, and is wiped when it was saved or when the person signs out. */

const KEY = "waymark-draft";
const person = document.body.dataset.user;
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");
const address = (form) => new URL(form.getAttribute("action") ?? "", location.href).href;
const wipe = () => sessionStorage.removeItem(KEY);
const typed = (form) => [...new FormData(form)].filter(([name, value]) => (
  typeof value === "string" && value && name !== "csrfmiddlewaretoken" && !name.includes("password")
));

function keep(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (address(form).endsWith("/accounts/logout/")) wipe();
  else sessionStorage.setItem(KEY, JSON.stringify({ person, action: address(form), fields: typed(form) }));
}

function restore(draft) {
  const form = [...document.forms].find((one) => one.method === "post" && address(one) === draft.action);
  if (!form) return;
  draft.fields.forEach(([name, value]) => {
    const field = form.elements.namedItem(name);
    if (field && field.type !== "hidden") field.value = value;
  });
  wipe();
  const text = "You had been signed out. Your text is back: send it again.";
  document.dispatchEvent(new CustomEvent("waymark:toast", { detail: { text } }));
}

const draft = read();
if (draft && !person) sessionStorage.setItem(KEY, JSON.stringify({ ...draft, waiting: true }));
else if (draft?.waiting && draft.person === person) restore(draft);
else if (draft) wipe();

if (person) document.addEventListener("submit", keep);
document.addEventListener("htmx:afterRequest", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (event.detail.successful && answered && new URL(answered).pathname !== "/accounts/login/") wipe();
});
