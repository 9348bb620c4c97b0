import { createRoute, lazyRouteComponent, notFound, redirect } from "@tanstack/react-router";
import { isSettingsSection } from "@/features/settings/sections";
import { appRoute, pending } from "./root";

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "profile" }, replace: true });
  },
});

const sectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings/$section",
  beforeLoad: ({ params }) => {
    if (!isSettingsSection(params.section)) throw notFound();
  },
  component: lazyRouteComponent(
    () => import("@/features/settings/pages/SettingsPage"),
    "SettingsPage",
  ),
  ...pending,
});

export const settingsRoutes = [indexRoute, sectionRoute] as const;
