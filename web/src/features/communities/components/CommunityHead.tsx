import { lazy, Suspense, useState } from "react";
import { useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Banner, Button, Cover, cx } from "@/ui";
import type { CommunityProps } from "../pages/CommunityPage";
import { InvitationsQuery } from "../queries";
import styles from "./Community.module.css";
import { CommunityMarks } from "./CommunityMarks";
import { InvitationButtons } from "./Invitations";
import { JoinButton } from "./JoinButton";
import { MembershipMenu } from "./MembershipMenu";

const InvitePeople = lazy(() =>
  import("./InvitePeople").then((module) => ({ default: module.InvitePeople })),
);

/** Cover, name, marks, and what the viewer may do with the community as a whole. */
export function CommunityHead({
  community,
  card,
  hasAside,
}: CommunityProps & { hasAside?: boolean }) {
  const { t } = useTranslation("communities");
  const { formatNumber } = useFormat();
  const [isInviting, setInviting] = useState(false);
  const { name, coverColor, memberCount, excerpt } = card;
  return (
    <div className={styles.head}>
      <Cover name={name} color={coverColor} className={styles.cover} />
      <div className={styles.headBody}>
        <div className={styles.headText}>
          <h2>{name}</h2>
          <div className={styles.marks}>
            <CommunityMarks community={card} />
            <span>
              {t("members.count", { count: memberCount, number: formatNumber(memberCount) })}
            </span>
          </div>
        </div>
        <div className={styles.headActions}>
          {community.viewerCan.invite && (
            <Button icon="follow" onPress={() => setInviting(true)}>
              {t("invite.open")}
            </Button>
          )}
          {card.viewerMembership ? (
            <MembershipMenu community={community} card={card} />
          ) : (
            // Whoever may not read yet finds the way in below, with its explanation.
            community.viewerCan.read && !card.viewerIsInvited && <JoinButton community={card} />
          )}
        </div>
        {excerpt && <p className={cx(styles.summary, hasAside && styles.besideAside)}>{excerpt}</p>}
      </div>
      {card.viewerIsInvited && !card.viewerMembership && (
        <Invited communityId={community.id} name={name} />
      )}
      {isInviting && (
        <Suspense>
          <InvitePeople communityId={community.id} name={name} onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Invited({ communityId, name }: { communityId: string; name: string }) {
  const { t } = useTranslation("communities");
  const [{ data }] = useQuery({ query: InvitationsQuery });
  const mine = data?.communityInvitations.find(({ community }) => community.id === communityId);
  if (!mine) return null;
  return (
    <div className={styles.invited}>
      <Banner icon="mail" action={<InvitationButtons invitationId={mine.id} name={name} />}>
        {t("invitations.by", { name: mine.invitedBy.name })}
      </Banner>
    </div>
  );
}
