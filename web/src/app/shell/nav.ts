import type { IconName } from "@/ui";
import type { Viewer } from "../viewer";

export type NavEntry = {
  to: "/" | "/communities" | "/people" | "/notifications" | "/messages" | "/dispatches" | "/admin";
  icon: IconName;
  text:
    | "nav.home"
    | "nav.communities"
    | "nav.people"
    | "nav.notifications"
    | "nav.messages"
    | "nav.dispatches"
    | "nav.admin";
  /** How much is unread there. */
  unread?: (viewer: Viewer) => number;
  /** Not shown to people who may not go there. */
  isVisible?: (viewer: Viewer) => boolean;
  /** Left out of the bar at the bottom of phones. */
  isSecondary?: boolean;
};

/** The main ways, in order. */
export const navEntries: readonly NavEntry[] = [
  { to: "/", icon: "home", text: "nav.home", unread: ({ unread }) => unread.home },
  { to: "/communities", icon: "communities", text: "nav.communities" },
  { to: "/people", icon: "people", text: "nav.people", isSecondary: true },
  {
    to: "/notifications",
    icon: "bell",
    text: "nav.notifications",
    unread: ({ unread }) => unread.notifications,
  },
  {
    to: "/messages",
    icon: "message",
    text: "nav.messages",
    unread: ({ unread }) => unread.messages,
  },
  {
    to: "/dispatches",
    icon: "megaphone",
    text: "nav.dispatches",
    unread: ({ unread }) => unread.dispatches,
    isSecondary: true,
  },
  {
    to: "/admin",
    icon: "shield",
    text: "nav.admin",
    isVisible: ({ viewerCan }) => viewerCan.administerNetwork,
    isSecondary: true,
  },
];
