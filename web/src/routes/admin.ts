import { createRoute, lazyRouteComponent, notFound, redirect } from "@tanstack/react-router";
import { isAdminSection } from "@/features/admin/sections";
import { appRoute, pending } from "./root";

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/admin",
  beforeLoad: () => {
    throw redirect({ to: "/admin/$section", params: { section: "people" }, replace: true });
  },
});

const sectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/admin/$section",
  beforeLoad: ({ params }) => {
    if (!isAdminSection(params.section)) throw notFound();
  },
  component: lazyRouteComponent(() => import("@/features/admin/pages/AdminPage"), "AdminPage"),
  ...pending,
});

const reorganisationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/admin/reorganisations/$reorganisationId",
  component: lazyRouteComponent(
    () => import("@/features/reorganisations/pages/ReorganisationPage"),
    "ReorganisationPage",
  ),
  ...pending,
});

export const adminRoutes = [indexRoute, sectionRoute, reorganisationRoute] as const;
