import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PersonPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Badge } from "@/ui";
import styles from "./People.module.css";

export type PersonLineProps = {
  person: PersonPartsFragment;
  /** In place of title and location. */
  detail?: ReactNode;
  /** Marks behind the name. */
  marks?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
};

/** A person in a list: the name leads to the profile. */
export function PersonLine({ person, detail, marks, actions }: PersonLineProps) {
  const { t } = useTranslation("people");
  const { name, handle, title, location, avatarColor, avatarUrl, presence, isDeactivated } = person;
  return (
    <div className={styles.line}>
      <Avatar name={name} color={avatarColor} url={avatarUrl} presence={presence} />
      <div className={styles.lineText}>
        <div className={styles.lineName}>
          <Link to="/people/$handle" params={{ handle }} className={styles.name}>
            {name}
          </Link>
          {isDeactivated && <Badge>{t("deactivated")}</Badge>}
          {marks}
        </div>
        <div className={styles.detail}>
          {detail ?? ([title, location].filter(Boolean).join(" · ") || `@${handle}`)}
        </div>
      </div>
      {actions && <div className={styles.lineActions}>{actions}</div>}
    </div>
  );
}
