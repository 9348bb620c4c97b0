import {
  createRootRoute,
  createRoute,
  Outlet,
  redirect,
  useNavigate,
  useRouter,
} from "@tanstack/react-router";
import { useEffect } from "react";
import { Crash } from "@/app/ErrorBoundary";
import { SignedIn } from "@/app/SignedIn";
import { session, useSession } from "@/app/session";
import { AppShell, PageSkeleton, ShellSkeleton } from "@/app/shell";
import { currentLocale, useTranslation } from "@/i18n";
import { ErrorState, UiProvider } from "@/ui";
import { AppOverlays } from "./AppOverlays";
import { NotFoundPage } from "./NotFoundPage";

/** Around everything: the widgets' language and the way they navigate. */
function Root() {
  const router = useRouter();
  useTranslation();
  return (
    <UiProvider locale={currentLocale()} navigate={(path) => void router.navigate({ href: path })}>
      <Outlet />
    </UiProvider>
  );
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: ({ reset }) => <Crash onRetry={reset} />,
});

/** Everything one must be signed in for. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ location }) => {
    const { status } = await session.start();
    if (status !== "anonymous") return;
    const next = location.href === "/" ? undefined : location.href;
    const isNew = await session.needsSetup().catch(() => false);
    throw isNew ? redirect({ to: "/setup" }) : redirect({ to: "/login", search: { next } });
  },
  pendingComponent: ShellSkeleton,
  pendingMs: 0,
  component: App,
  notFoundComponent: NotFoundPage,
});

function App() {
  const { t } = useTranslation();
  const { status } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status !== "anonymous") return;
    const next = location.pathname + location.search;
    void navigate({ to: "/login", search: { next: next === "/" ? undefined : next, ended: true } });
  }, [status, navigate]);
  if (status === "unreachable") {
    return <ErrorState message={t("error.NETWORK")} onRetry={() => void session.start()} />;
  }
  if (status !== "authenticated") return <ShellSkeleton />;
  return (
    <SignedIn>
      <AppShell overlays={<AppOverlays />}>
        <Outlet />
      </AppShell>
    </SignedIn>
  );
}

/** While a page's chunk comes. */
export const pending = {
  pendingComponent: PageSkeleton,
  pendingMs: 120,
  pendingMinMs: 200,
} as const;
