import { Link } from "@tanstack/react-router";
import { type FragmentType, readFragment } from "@/graphql";
import type { PraiseBadge } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Avatar } from "@/ui";
import { PostPerson } from "../fragments";
import styles from "./Kinds.module.css";
import { badgeGlyph } from "./kinds";

type Props = { badge: PraiseBadge; people: readonly FragmentType<typeof PostPerson>[] };

/** Who is praised, and for what. */
export function Praise({ badge, people }: Props) {
  const { t } = useTranslation("posts");
  const praised = readFragment(PostPerson, people);
  return (
    <div className={styles.praise}>
      <span className={styles.praiseGlyph} aria-hidden="true">
        {badgeGlyph[badge]}
      </span>
      <div className={styles.praiseText}>
        <strong>{t(`praise.badge.${badge}`)}</strong>
        <ul aria-label={t("praise.people")} className={styles.praised}>
          {praised.map(({ id, handle, name, avatarColor, avatarUrl }) => (
            <li key={id}>
              <Link to="/people/$handle" params={{ handle }} className={styles.praisedPerson}>
                <Avatar name={name} color={avatarColor} url={avatarUrl} size="xs" />
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
