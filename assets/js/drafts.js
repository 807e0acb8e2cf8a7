/* A form sent after the session ended leads to the sign-in page. What was typed waits in this tab under the person's id,
   comes back into the same form after signing in, and is wiped when it was saved or when the person signs out. */

const KEY = "waymark-draft";
const person = document.body.dataset.user;
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");
const address = (form) => new URL(form.getAttribute("action") ?? "", location.href).href;
const wipe = () => sessionStorage.removeItem(KEY);
const FIELDS = "textarea, select, input:is([type=text], [type=url], [type=email], [type=date], [type=time], [type=number])";
const fields = (form) => [...form.querySelectorAll(FIELDS)].filter((field) => field.name);
const typed = (form) => fields(form).map(({ name, value }) => [name, value]).filter(([, value]) => value);

function keep(event) {
  const form = event.target;
  if (address(form).endsWith("/accounts/logout/")) wipe();
  if (form.method !== "post" || !typed(form).length) return;
  sessionStorage.setItem(KEY, JSON.stringify({ person, action: address(form), values: typed(form) }));
}

function restore({ action, values }) {
  const named = (form, name) => fields(form).find((field) => field.name === name);
  const form = [...document.forms].find((one) => address(one) === action && values.some(([name]) => named(one, name)));
  if (!form) return;
  values.forEach(([name, value]) => {
    const field = named(form, name);
    if (field) field.value = value;
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
