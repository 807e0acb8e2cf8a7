/* Runs in the browser without a page: shows what arrives, and opens what it is about. The same tag replaces itself. */

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  const about = { tag: said.tag, icon: "/static/icons/waymark-192.png", data: { url: said.url } };
  event.waitUntil(self.registration.showNotification(said.title ?? "Waymark", about));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url));
});
