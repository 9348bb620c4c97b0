/** This browser's subscription to pushes (W3C Push API). */

export type PushState = "unsupported" | "denied" | "off" | "on";

const worker = "/push.js";

export type Subscription = { endpoint: string; publicKey: string; authSecret: string };

function isSupported() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function current(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export async function pushState(): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return (await current()) ? "on" : "off";
}

/** Asks the person and the browser; null where the person says no. */
export async function subscribe(serverKey: string): Promise<Subscription | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register(worker);
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64Url(serverKey),
  });
  const key = subscription.getKey("p256dh");
  const secret = subscription.getKey("auth");
  if (!key || !secret) return null;
  return {
    endpoint: subscription.endpoint,
    publicKey: toBase64Url(new Uint8Array(key)),
    authSecret: toBase64Url(new Uint8Array(secret)),
  };
}

/** Ends pushes in this browser. */
export async function unsubscribe(): Promise<void> {
  await (await current())?.unsubscribe();
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/u, "");
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(raw.length);
  for (let index = 0; index < raw.length; index++) bytes[index] = raw.charCodeAt(index);
  return bytes;
}
