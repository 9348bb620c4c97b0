import { Link } from "@tanstack/react-router";
import { type FragmentType, readFragment } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { CommunityMark } from "@/ui";
import { CommunityCardParts } from "../queries";
import styles from "./Communities.module.css";
import { CommunityMarks } from "./CommunityMarks";
import { JoinButton } from "./JoinButton";

/** A community in a list. */
export function CommunityLine({
  community,
}: {
  community: FragmentType<typeof CommunityCardParts>;
}) {
  const { t } = useTranslation("communities");
  const { formatNumber } = useFormat();
  const card = readFragment(CommunityCardParts, community);
  const { name, slug, excerpt, coverColor, memberCount, viewerMembership } = card;
  return (
    <div className={styles.line}>
      <CommunityMark name={name} color={coverColor} />
      <div className={styles.lineText}>
        <div className={styles.lineName}>
          <Link to="/communities/$slug" params={{ slug }} className={styles.name}>
            {name}
          </Link>
          <CommunityMarks community={card} />
        </div>
        {excerpt && <p className={styles.lineAbout}>{excerpt}</p>}
        <p className={styles.meta}>
          {t("members.count", { count: memberCount, number: formatNumber(memberCount) })}
          {viewerMembership && viewerMembership.role !== "MEMBER" && (
            <> · {t(`role.${viewerMembership.role}`)}</>
          )}
        </p>
      </div>
      <div className={styles.lineActions}>
        <JoinButton community={card} size="s" />
      </div>
    </div>
  );
}
