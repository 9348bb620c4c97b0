import { Link } from "@tanstack/react-router";
import { useAction, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, CommunityMark, RelativeTime, Section, showToast } from "@/ui";
import { InvitationDecideMutation } from "../mutations";
import { InvitationsQuery } from "../queries";
import styles from "./Communities.module.css";

/** Invitations to the viewer that wait for an answer; nothing when there are none. */
export function Invitations() {
  const { t } = useTranslation("communities");
  const [{ data }] = useQuery({ query: InvitationsQuery });
  const invitations = data?.communityInvitations ?? [];
  if (invitations.length === 0) return null;
  return (
    <Section title={t("invitations.title")} className={styles.invitations}>
      <ul>
        {invitations.map(({ id, community, invitedBy, createdAt }) => (
          <li key={id} className={styles.invitation}>
            <CommunityMark name={community.name} color={community.coverColor} />
            <div className={styles.lineText}>
              <Link
                to="/communities/$slug"
                params={{ slug: community.slug }}
                className={styles.name}
              >
                {community.name}
              </Link>
              <p className={styles.meta}>
                {t("invitations.by", { name: invitedBy.name })} · <RelativeTime value={createdAt} />
              </p>
            </div>
            <InvitationButtons invitationId={id} name={community.name} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Accept or decline. */
export function InvitationButtons({ invitationId, name }: { invitationId: string; name: string }) {
  const { t } = useTranslation("communities");
  const { run, isPending } = useAction(
    InvitationDecideMutation,
    (answer) => answer.invitationDecide,
  );
  async function decide(accept: boolean) {
    const { payload } = await run({ input: { invitationId, accept } });
    if (payload) showToast(t(accept ? "joined" : "invitations.declined", { name }));
  }
  return (
    <div className={styles.buttons}>
      <Button
        size="s"
        variant="primary"
        isPending={isPending}
        aria-label={t("invitations.acceptOf", { name })}
        onPress={() => void decide(true)}
      >
        {t("invitations.accept")}
      </Button>
      <Button
        size="s"
        isDisabled={isPending}
        aria-label={t("invitations.declineOf", { name })}
        onPress={() => void decide(false)}
      >
        {t("invitations.decline")}
      </Button>
    </div>
  );
}
