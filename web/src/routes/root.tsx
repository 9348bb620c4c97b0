import {
  createRootRoute,
  createRoute,
  Outlet,
  useNavigate,
  useRouter,
} from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { Crash } from "@/app/ErrorBoundary";
import { SignedIn } from "@/app/SignedIn";
import { session, useSession } from "@/app/session";
import { AppShell, PageSkeleton, ShellSkeleton } from "@/app/shell";
import { prefetch } from "@/app/signedInClient";
import { ViewerQuery } from "@/app/viewer";
import { NotificationBell } from "@/features/notifications/components/NotificationBell";
import { currentLocale, useTranslation } from "@/i18n";
import { ErrorState, UiProvider } from "@/ui";
import { AppOverlays } from "./AppOverlays";
import { NotFoundPage } from "./NotFoundPage";

const FirstPasswordPage = lazy(() =>
  import("@/features/settings/pages/FirstPasswordPage").then((module) => ({
    default: module.FirstPasswordPage,
  })),
);

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
  // Not awaited: the page's chunk travels meanwhile. This also asks for the session.
  loader: () => void prefetch(ViewerQuery, {}),
  staleTime: Number.POSITIVE_INFINITY,
  pendingComponent: ShellSkeleton,
  pendingMs: 0,
  component: App,
  notFoundComponent: NotFoundPage,
});

function App() {
  const { t } = useTranslation();
  const { status, generation, hasExpired } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status !== "anonymous") return;
    const here = location.pathname + location.search;
    // Whoever left on purpose starts anew; everybody else comes back to where they were.
    const hasLeft = generation > 0 && !hasExpired;
    const next = here === "/" || hasLeft ? undefined : here;
    const ended = hasExpired || undefined;
    void session
      .needsSetup()
      .catch(() => false)
      .then((isNew) =>
        isNew
          ? navigate({ to: "/setup", replace: true })
          : navigate({ to: "/login", search: { next, ended }, replace: true }),
      );
  }, [status, generation, hasExpired, navigate]);
  if (status === "unreachable") {
    return <ErrorState message={t("error.NETWORK")} onRetry={() => void session.start()} />;
  }
  if (status !== "authenticated") return <ShellSkeleton />;
  return (
    <SignedIn
      firstPassword={
        <Suspense>
          <FirstPasswordPage />
        </Suspense>
      }
    >
      <AppShell overlays={<AppOverlays />} bell={<NotificationBell />}>
        <Outlet />
      </AppShell>
    </SignedIn>
  );
}

/** Addresses that lead nowhere still have the frame around them. */
export const unknownRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "$",
  component: NotFoundPage,
});

/** While a page's chunk comes. */
export const pending = {
  pendingComponent: PageSkeleton,
  pendingMs: 120,
  pendingMinMs: 200,
} as const;
