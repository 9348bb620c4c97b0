import { createContext, type ReactNode, use, useEffect, useMemo } from "react";
import { theme } from "@/app/theme";
import { readFragment, useErrorText, useQuery, useSubscription } from "@/graphql";
import type {
  UnreadFragment as Unread,
  ViewerQuery as ViewerData,
} from "@/graphql/generated/graphql";
import { currentLocale, isLocale, setTimeZone, switchLocale } from "@/i18n";
import { ErrorState } from "@/ui";
import { ShellSkeleton } from "../shell/ShellSkeleton";
import { InboxEventsSubscription, UnreadFragment, ViewerQuery } from "./queries";

export type Viewer = NonNullable<ViewerData["viewer"]> & { unread: Unread };

const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person with settings, abilities and unread counts. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer is used outside the signed-in part");
  return viewer;
}

/** Loads the viewer, keeps unread counts live and applies language, theme and time zone. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, refetch] = useQuery({ query: ViewerQuery });
  const { stateOf } = useErrorText();
  const loaded = data?.viewer;
  const unread = readFragment(UnreadFragment, data?.unreadCounts);
  const viewer = useMemo(() => (loaded && unread ? { ...loaded, unread } : null), [loaded, unread]);

  useSubscription({ query: InboxEventsSubscription, variables: {}, pause: !viewer }, (_, event) => {
    if (event.inboxEvents.__typename === "ReloadRequiredEvent")
      refetch({ requestPolicy: "network-only" });
    return event;
  });

  const { locale, timeZone, theme: chosen } = loaded?.settings ?? {};
  useEffect(() => {
    if (isLocale(locale) && locale !== currentLocale()) void switchLocale(locale);
  }, [locale]);
  useEffect(() => {
    if (timeZone) setTimeZone(timeZone);
  }, [timeZone]);
  useEffect(() => {
    if (chosen) theme.set(chosen);
  }, [chosen]);

  if (viewer) return <ViewerContext value={viewer}>{children}</ViewerContext>;
  if (error && !fetching) {
    return (
      <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
    );
  }
  return <ShellSkeleton />;
}
