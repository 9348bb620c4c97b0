// Shows what the server pushes while no page is open. It keeps nothing and answers no request.

self.addEventListener("push", (event) => {
  const { title, body, path, tag } = event.data?.json() ?? {};
  if (!title) return;
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, icon: "/favicon.svg", data: { path } }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Only places of this house, whatever the push says.
  const target = new URL(event.notification.data?.path ?? "/", self.location.origin);
  const url = target.origin === self.location.origin ? target.href : self.location.origin;
  event.waitUntil(open(url));
});

async function open(url) {
  const pages = await self.clients.matchAll({ type: "window" });
  const [page] = pages;
  if (!page) return self.clients.openWindow(url);
  await page.focus();
  return page.navigate(url);
}
