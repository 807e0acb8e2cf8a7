/* "Show them on this device": asks the browser, and sends what it answers with the form. */

const form = document.querySelector("[data-push]");
const said = document.querySelector("[data-push-said]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const say = (text) => { said.textContent = text; };

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const hash = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (one) => one.toString(16).padStart(2, "0")).join("");
};

/* A subscription made with a key that the site has no more is of no use: it is made anew. */
const subscription = async (worker) => {
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) };
  try {
    return await worker.pushManager.subscribe(asked);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await worker.pushManager.getSubscription())?.unsubscribe();
    return worker.pushManager.subscribe(asked);
  }
};

const isKnown = async () => {
  const worker = await navigator.serviceWorker.getRegistration(form.dataset.worker);
  const own = await worker?.pushManager.getSubscription();
  return Boolean(own && document.querySelector(`[data-device="${await hash(own.endpoint)}"]`));
};

if (form && able) {
  if (Notification.permission === "denied") {
    say("Your browser blocks notifications of this site. Allow them in its settings, then load this page again.");
  } else if (Notification.permission === "granted" && await isKnown()) {
    say("They are shown on this device.");
  } else {
    form.hidden = false;
    say("");
  }
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    say("Asking your browser…");
    try {
      const allowed = await Notification.requestPermission() === "granted";
      if (!allowed) { say("Your browser does not allow it. Its settings for this site may."); return; }
      const worker = await navigator.serviceWorker.register(form.dataset.worker);
      const { endpoint, keys } = (await subscription(worker)).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch {
      say("Your browser could not reach its notification service. Try again later.");
    }
  });
}
