import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction, useErrorText, usePagedQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  InfiniteList,
  RelativeTime,
  SkeletonList,
  showToast,
} from "@/ui";
import { JoinRequestDecideMutation } from "../mutations";
import { JoinRequestsQuery } from "../queries";
import styles from "./Community.module.css";

/** Who asks to come in. */
export function Requests({ communityId }: { communityId: string }) {
  const { t } = useTranslation("communities");
  const { stateOf } = useErrorText();
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: JoinRequestsQuery,
    variables: { communityId, first: 30 },
    connection: (data) => data.joinRequests,
  });
  if (error && !list) return <ErrorState {...stateOf(error)} onRetry={refresh} />;
  if (isLoading || !list) return <SkeletonList count={3} />;
  if (list.nodes.length === 0) {
    return (
      <EmptyState icon="check-circle" title={t("requests.none")} text={t("requests.noneText")} />
    );
  }
  return (
    <Card className={styles.list}>
      <InfiniteList
        label={t("tab.requests")}
        gap="none"
        hasMore={hasMore}
        isLoading={isLoadingMore}
        onLoadMore={loadMore}
      >
        {list.nodes.map(({ id, person, message, createdAt }) => {
          const who = readFragment(PersonParts, person);
          return (
            <li key={id} className={styles.request}>
              <PersonLine
                person={who}
                detail={
                  <>
                    {who.title} · <RelativeTime value={createdAt} />
                  </>
                }
              />
              {message && <blockquote className={styles.quote}>{message}</blockquote>}
              <Decide joinRequestId={id} name={who.name} />
            </li>
          );
        })}
      </InfiniteList>
    </Card>
  );
}

function Decide({ joinRequestId, name }: { joinRequestId: string; name: string }) {
  const { t } = useTranslation("communities");
  const { run, isPending } = useAction(
    JoinRequestDecideMutation,
    (answer) => answer.joinRequestDecide,
  );
  async function decide(approve: boolean) {
    const { payload } = await run({ input: { joinRequestId, approve } });
    if (payload) showToast(t(approve ? "requests.approved" : "requests.declined", { name }));
  }
  return (
    <div className={styles.decide}>
      <Button
        size="s"
        variant="primary"
        icon="check"
        isPending={isPending}
        aria-label={t("requests.approveOf", { name })}
        onPress={() => void decide(true)}
      >
        {t("requests.approve")}
      </Button>
      <Button
        size="s"
        isDisabled={isPending}
        aria-label={t("requests.declineOf", { name })}
        onPress={() => void decide(false)}
      >
        {t("requests.decline")}
      </Button>
    </div>
  );
}
