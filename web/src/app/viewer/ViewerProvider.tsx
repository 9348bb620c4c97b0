import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { theme } from "@/app/theme";
import { readFragment, useErrorText, useQuery, useSubscription } from "@/graphql";
import type {
  UnreadFragment as Unread,
  ViewerQuery as ViewerData,
} from "@/graphql/generated/graphql";
import { currentLocale, isLocale, setTimeZone, switchLocale } from "@/i18n";
import { ErrorState } from "@/ui";
import { ShellSkeleton } from "../shell/ShellSkeleton";
import { tellInboxEvent } from "./inbox";
import { InboxEventsSubscription, UnreadFragment, UnreadQuery, ViewerQuery } from "./queries";

export type Viewer = NonNullable<ViewerData["viewer"]> & { unread: Unread };

const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person with settings, abilities and unread counts. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer is used outside the signed-in part");
  return viewer;
}

const nothingUnread: Unread = {
  liveCursor: "",
  home: 0,
  notifications: 0,
  messages: 0,
  dispatches: 0,
  communities: [],
};

type ViewerProviderProps = {
  /** Shown instead of everything to somebody who has to replace a one-time password. */
  firstPassword: ReactNode;
  children: ReactNode;
};

/** Loads the viewer, keeps unread counts live and applies language, theme and time zone. */
export function ViewerProvider({ firstPassword, children }: ViewerProviderProps) {
  const [{ data, error, fetching }, refetch] = useQuery({ query: ViewerQuery });
  const { stateOf } = useErrorText();
  const loaded = data?.viewer;
  const isRestricted = loaded?.mustChangePassword ?? true;
  const [counts, refetchCounts] = useQuery({ query: UnreadQuery, pause: isRestricted });
  const unread = readFragment(UnreadFragment, counts.data?.unreadCounts) ?? nothingUnread;
  const viewer = useMemo(() => (loaded ? { ...loaded, unread } : null), [loaded, unread]);

  // What happens between the first counts and the subscription is news, too.
  const [after, setAfter] = useState<string | null>(null);
  if (!after && unread.liveCursor) setAfter(unread.liveCursor);
  useSubscription(
    {
      query: InboxEventsSubscription,
      variables: { after },
      pause: isRestricted || !(after || counts.error),
    },
    (_, event) => {
      // After this render: listeners change the state of other components.
      queueMicrotask(() => tellInboxEvent(event.inboxEvents));
      if (event.inboxEvents.__typename === "ReloadRequiredEvent") {
        refetch({ requestPolicy: "network-only" });
        refetchCounts({ requestPolicy: "network-only" });
      }
      return event;
    },
  );

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

  if (viewer) {
    return <ViewerContext value={viewer}>{isRestricted ? firstPassword : children}</ViewerContext>;
  }
  if (error && !fetching) {
    return (
      <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
    );
  }
  return <ShellSkeleton />;
}
