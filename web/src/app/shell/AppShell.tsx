import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Button, CommunityMark, CountBadge, cx, Icon, IconButton, ToastRegion } from "@/ui";
import { ErrorBoundary } from "../ErrorBoundary";
import { shortcuts, useShortcut } from "../shortcuts";
import { useViewer } from "../viewer";
import styles from "./AppShell.module.css";
import { ConnectionBanner } from "./ConnectionBanner";
import { composeStore } from "./compose";
import { Logo } from "./Logo";
import { navEntries } from "./nav";
import { UserMenu } from "./UserMenu";

const HelpSheet = lazy(() =>
  import("../shortcuts/HelpSheet").then((module) => ({ default: module.HelpSheet })),
);
const QuickSwitcher = lazy(() =>
  import("./QuickSwitcher").then((module) => ({ default: module.QuickSwitcher })),
);

export type AppShellProps = {
  /** What may open over any page, such as the composer. */
  overlays?: ReactNode;
  /** What is new at a glance; stands at the end of the rail. */
  bell?: ReactNode;
  children: ReactNode;
};

/** The frame around every page: ways to go, who one is, what is new. */
export function AppShell({ overlays, bell, children }: AppShellProps) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const viewer = useViewer();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [open, setOpen] = useState<"help" | "search" | null>(null);
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    window.addEventListener("keydown", shortcuts.handle);
    return () => window.removeEventListener("keydown", shortcuts.handle);
  }, []);
  const go = { group: "go" } as const;
  useShortcut("?", () => setOpen("help"), { group: "general", label: t("shortcuts.help") });
  useShortcut("/", () => setOpen("search"), { group: "general", label: t("shortcuts.search") });
  useShortcut("mod+k", () => setOpen("search"), { group: "general", label: t("shortcuts.search") });
  useShortcut("c", () => composeStore.open(), { group: "general", label: t("shortcuts.compose") });
  useShortcut("g h", () => void navigate({ to: "/" }), { ...go, label: t("shortcuts.goHome") });
  useShortcut("g c", () => void navigate({ to: "/communities" }), {
    ...go,
    label: t("shortcuts.goCommunities"),
  });
  useShortcut("g n", () => void navigate({ to: "/notifications" }), {
    ...go,
    label: t("shortcuts.goNotifications"),
  });
  useShortcut("g m", () => void navigate({ to: "/messages" }), {
    ...go,
    label: t("shortcuts.goMessages"),
  });
  useShortcut("g p", () => void navigate({ to: "/people" }), {
    ...go,
    label: t("shortcuts.goPeople"),
  });

  // A new page is announced by moving the focus to it, as loading a page would.
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  const entries = navEntries.filter((entry) => entry.isVisible?.(viewer) ?? true);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("skip")}
      </a>
      <header className={styles.rail}>
        <Link
          to="/"
          className={styles.brand}
          aria-label={`${viewer.organisation.name} · ${t("nav.home")}`}
        >
          <Logo />
          <span className={styles.brandName}>{viewer.organisation.name}</span>
        </Link>
        <nav aria-label={t("nav.label")} className={styles.nav}>
          <ul>
            {entries.map((entry) => {
              const count = entry.unread?.(viewer) ?? 0;
              return (
                <li key={entry.to}>
                  <Link
                    to={entry.to}
                    activeOptions={{ exact: entry.to === "/" }}
                    className={styles.entry}
                    title={t(entry.text)}
                  >
                    <Icon name={entry.icon} size={22} />
                    <span className={styles.entryText}>{t(entry.text)}</span>
                    <CountBadge
                      count={count}
                      label={t("unread", { count })}
                      className={styles.entryCount}
                    />
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <div className={styles.write}>
          <Button
            variant="primary"
            icon="edit"
            block
            className={styles.writeWide}
            onPress={() => composeStore.open()}
          >
            {t("nav.compose")}
          </Button>
          <IconButton
            icon="edit"
            variant="primary"
            label={t("nav.compose")}
            shortcut="c"
            className={styles.writeNarrow}
            onPress={() => composeStore.open()}
          />
        </div>
        <MyCommunities />
        <div className={styles.railEnd}>
          <IconButton
            icon="search"
            label={t("shortcuts.search")}
            shortcut="/"
            onPress={() => setOpen("search")}
            className={styles.searchButton}
          />
          {bell && <span className={styles.bell}>{bell}</span>}
          <UserMenu onShowShortcuts={() => setOpen("help")} />
        </div>
      </header>

      <div className={styles.column}>
        <ConnectionBanner />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <ErrorBoundary resetKey={pathname}>{children}</ErrorBoundary>
        </main>
      </div>

      <nav aria-label={t("nav.label")} className={styles.tabs}>
        {entries
          .filter((entry) => !entry.isSecondary)
          .map((entry) => {
            const count = entry.unread?.(viewer) ?? 0;
            return (
              <Link
                key={entry.to}
                to={entry.to}
                activeOptions={{ exact: entry.to === "/" }}
                className={styles.tab}
              >
                <Icon name={entry.icon} size={22} />
                <span>{t(entry.text)}</span>
                <CountBadge
                  count={count}
                  label={t("unread", { count })}
                  className={styles.tabCount}
                />
              </Link>
            );
          })}
        <button
          type="button"
          className={cx(styles.tab, styles.tabWrite)}
          onClick={() => composeStore.open()}
        >
          <Icon name="edit" size={22} />
          <span>{t("nav.compose")}</span>
        </button>
      </nav>

      {overlays}
      <Suspense>
        {open === "help" && <HelpSheet isOpen onClose={() => setOpen(null)} />}
        {open === "search" && <QuickSwitcher onClose={() => setOpen(null)} />}
      </Suspense>
      <ToastRegion />
    </div>
  );
}

/** Communities with something unread, within reach on wide screens. */
function MyCommunities() {
  const { t } = useTranslation("shell");
  const { unread } = useViewer();
  if (unread.communities.length === 0) return null;
  return (
    <nav aria-label={t("nav.myCommunities")} className={styles.mine}>
      <h2>{t("nav.myCommunities")}</h2>
      <ul>
        {unread.communities.slice(0, 8).map(({ community, count }) => (
          <li key={community.id}>
            <Link
              to="/communities/$slug"
              params={{ slug: community.slug }}
              className={styles.mineEntry}
            >
              <CommunityMark name={community.name} color={community.coverColor} size="s" />
              <span className={styles.mineName}>{community.name}</span>
              <CountBadge count={count} label={t("unread", { count })} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
