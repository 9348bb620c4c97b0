import { Link } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { useSettings } from "@/app/viewer";
import { DispatchesWaiting } from "@/features/dispatches";
import { FeedView, useComposer, useFeed } from "@/features/posts";
import type { FeedOrder } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, buttonClass, EmptyState, Icon, IconButton, Menu, MenuChoice } from "@/ui";
import { FeedTabs } from "../components/FeedTabs";
import { HomeAside } from "../components/HomeAside";
import { Opener } from "../components/Opener";
import { useMarkRead } from "../useMarkRead";
import { useVisit } from "../useVisit";

/** All that is new for one, by time or by weight. */
export function HomePage() {
  const { t } = useTranslation(["feed", "shell"]);
  const { settings, change } = useSettings();
  const { compose } = useComposer();
  const order = settings.feedOrder;
  const scope = { home: order };
  const { store, state } = useFeed(scope);
  const markRead = useMarkRead(store);
  useVisit(state.status === "ready");

  return (
    <Page title={t("title")} hideTitle context={<HomeAside />}>
      <DispatchesWaiting />
      <FeedTabs>
        <Menu
          label={t("order.label")}
          trigger={
            <Button size="s" aria-label={`${t("order.label")}: ${t(`order.${order}`)}`}>
              {t(`order.${order}`)}
              <Icon name="chevron-down" size={16} />
            </Button>
          }
        >
          <MenuChoice<FeedOrder>
            title={t("order.label")}
            value={order}
            onChange={(feedOrder) => void change({ feedOrder })}
            options={[
              { value: "LATEST", label: t("order.LATEST"), hint: t("order.latestHint") },
              { value: "RANKED", label: t("order.RANKED"), hint: t("order.rankedHint") },
            ]}
          />
        </Menu>
        <IconButton
          icon="check-all"
          size="s"
          label={t("markRead")}
          onPress={() => void markRead()}
        />
      </FeedTabs>
      <Opener />
      <FeedView
        scope={scope}
        label={t("title")}
        showsReasons
        empty={
          <EmptyState
            icon="home"
            title={t("empty.title")}
            text={t("empty.text")}
            actions={
              <>
                <Link to="/communities" className={buttonClass({ variant: "primary" })}>
                  {t("empty.communities")}
                </Link>
                <Button icon="edit" onPress={() => compose()}>
                  {t("shell:nav.compose")}
                </Button>
              </>
            }
          />
        }
      />
    </Page>
  );
}
