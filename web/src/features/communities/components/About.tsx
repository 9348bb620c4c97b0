import { Link } from "@tanstack/react-router";
import { useFormat, useTranslation } from "@/i18n";
import { Markdown, Section } from "@/ui";
import { audienceKey } from "../audience";
import type { CommunityProps } from "../pages/CommunityPage";
import styles from "./Community.module.css";

/** What the community is for and how it works. */
export function About({ community, card, isAside }: CommunityProps & { isAside?: boolean }) {
  const { t } = useTranslation("communities");
  const { formatDate } = useFormat();
  return (
    <Section title={t("tab.about")}>
      {community.descriptionHtml ? (
        <div className={styles.prose}>
          <Markdown html={community.descriptionHtml} isCompact={isAside} />
        </div>
      ) : null}
      <dl className={styles.facts}>
        <div>
          <dt>{t("about.audience")}</dt>
          <dd>
            {card.isAllCompany
              ? t("audience.allCompany")
              : t(audienceKey(card.visibility, card.joining))}
          </dd>
        </div>
        <div>
          <dt>{t("about.posting")}</dt>
          <dd>{t(`posting.${community.posting}`)}</dd>
        </div>
        {card.topics.length > 0 && (
          <div>
            <dt>{t("about.topics")}</dt>
            <dd>
              <ul className={styles.topics}>
                {card.topics.map((topic) => (
                  <li key={topic}>
                    <Link to="/topics/$topic" params={{ topic }}>
                      #{topic}
                    </Link>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        <div>
          <dt>{t("about.since")}</dt>
          <dd>{formatDate(community.createdAt, "monthYear")}</dd>
        </div>
      </dl>
    </Section>
  );
}
