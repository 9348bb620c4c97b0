import type admin from "@locales/en/admin.json";
import type audiences from "@locales/en/audiences.json";
import type auth from "@locales/en/auth.json";
import type common from "@locales/en/common.json";
import type communities from "@locales/en/communities.json";
import type dispatches from "@locales/en/dispatches.json";
import type feed from "@locales/en/feed.json";
import type messages from "@locales/en/messages.json";
import type notifications from "@locales/en/notifications.json";
import type people from "@locales/en/people.json";
import type posts from "@locales/en/posts.json";
import type reorganisations from "@locales/en/reorganisations.json";
import type settings from "@locales/en/settings.json";
import type shell from "@locales/en/shell.json";

/** English is the master of keys; a test holds the other languages to it. */
export type Resources = {
  admin: typeof admin;
  audiences: typeof audiences;
  auth: typeof auth;
  common: typeof common;
  communities: typeof communities;
  dispatches: typeof dispatches;
  feed: typeof feed;
  messages: typeof messages;
  notifications: typeof notifications;
  people: typeof people;
  posts: typeof posts;
  reorganisations: typeof reorganisations;
  settings: typeof settings;
  shell: typeof shell;
};

/** A namespace of texts: one JSON file per feature and language. */
export type Namespace = keyof Resources;

/** Languages we speak. */
export const locales = ["de", "en"] as const;
export type Locale = (typeof locales)[number];

/** Whether a string names a language we speak. */
export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale);
}
