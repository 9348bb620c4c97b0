import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { session } from "@/app/session";
import { rootRoute } from "./root";

/** Only addresses within Loggia are followed after signing in. */
function localPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search): { next?: string; ended?: boolean } => ({
    next: localPath(search.next),
    ended: search.ended === true || undefined,
  }),
  beforeLoad: async ({ search }) => {
    const { status } = await session.start();
    if (status === "authenticated") throw redirect({ href: search.next ?? "/" });
    if (await session.needsSetup().catch(() => false)) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(() => import("@/features/auth/pages/LoginPage"), "LoginPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  beforeLoad: async () => {
    const isNeeded = await session.needsSetup().catch(() => true);
    if (!isNeeded) throw redirect({ to: "/login" });
  },
  component: lazyRouteComponent(() => import("@/features/auth/pages/SetupPage"), "SetupPage"),
});

export const authRoutes = [loginRoute, setupRoute] as const;
