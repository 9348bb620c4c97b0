import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { Experts } from "@/features/people";
import { FeedView, useComposer } from "@/features/posts";
import { useAction, useQuery } from "@/graphql";
import type { TopicFollowMutation as Data } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, EmptyState } from "@/ui";
import styles from "../Feeds.module.css";
import { TopicFollowMutation } from "../mutations";
import { TopicQuery } from "../queries";

const route = getRouteApi("/app/topics/$topic");
const payloadOf = (data: Data) => data.topicFollow;

/** All posts about a topic, and a way to follow it. */
export function TopicPage() {
  const { t } = useTranslation("feed");
  const { topic: asked } = route.useParams();
  const name = asked.toLowerCase();
  const [{ data }] = useQuery({ query: TopicQuery, variables: { name } });
  const { run } = useAction(TopicFollowMutation, payloadOf);
  const { compose } = useComposer();
  const topic = data?.topic;
  const isFollowed = topic?.isFollowedByViewer ?? false;
  return (
    <Page
      title={`#${name}`}
      context={<Experts topic={name} />}
      actions={
        topic && (
          <Button
            icon={isFollowed ? "check" : "bell"}
            variant={isFollowed ? "secondary" : "primary"}
            aria-pressed={isFollowed}
            onPress={() => void run({ input: { topic: name, follow: !isFollowed } })}
          >
            {t(isFollowed ? "topic.following" : "topic.follow")}
          </Button>
        )
      }
    >
      {topic && <p className={styles.topicCount}>{t("topic.count", { count: topic.postCount })}</p>}
      <FeedView
        scope={{ topic: name }}
        label={`#${name}`}
        empty={
          <EmptyState
            icon="hash"
            title={t("topic.empty", { topic: name })}
            text={t("topic.emptyText", { topic: name })}
            actions={
              <Button icon="edit" onPress={() => compose({ text: `#${name} ` })}>
                {t("topic.write")}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}
