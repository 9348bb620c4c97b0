import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const messagesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/messages",
  component: lazyRouteComponent(
    () => import("@/features/messages/pages/MessagesPage"),
    "MessagesPage",
  ),
  ...pending,
});

const noneRoute = createRoute({
  getParentRoute: () => messagesRoute,
  path: "/",
  component: lazyRouteComponent(
    () => import("@/features/messages/pages/MessagesPage"),
    "NothingChosen",
  ),
});

const conversationRoute = createRoute({
  getParentRoute: () => messagesRoute,
  path: "$conversationId",
  component: lazyRouteComponent(
    () => import("@/features/messages/pages/MessagesPage"),
    "ChosenConversation",
  ),
});

export const messagesRoutes = [messagesRoute.addChildren([noneRoute, conversationRoute])] as const;
