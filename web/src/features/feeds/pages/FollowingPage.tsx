import { Link } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { FeedView } from "@/features/posts";
import { useTranslation } from "@/i18n";
import { buttonClass, EmptyState } from "@/ui";
import { FeedTabs } from "../components/FeedTabs";
import { HomeAside } from "../components/HomeAside";

/** Posts of people, topics and threads one follows. */
export function FollowingPage() {
  const { t } = useTranslation("feed");
  return (
    <Page title={t("following.title")} hideTitle context={<HomeAside />}>
      <FeedTabs />
      <FeedView
        scope={{ following: true }}
        label={t("following.title")}
        showsReasons
        empty={
          <EmptyState
            icon="follow"
            title={t("following.empty")}
            text={t("following.emptyText")}
            actions={
              <Link to="/people" className={buttonClass({ variant: "primary" })}>
                {t("following.people")}
              </Link>
            }
          />
        }
      />
    </Page>
  );
}
