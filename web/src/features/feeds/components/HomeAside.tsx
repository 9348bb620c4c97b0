import { Link } from "@tanstack/react-router";
import { useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Icon } from "@/ui";
import styles from "../Feeds.module.css";
import { HomeAsideQuery } from "../queries";

/** Beside the feed: what one has begun, and what others talk about. */
export function HomeAside() {
  const { t } = useTranslation("feed");
  const { formatNumber } = useFormat();
  const [{ data }] = useQuery({ query: HomeAsideQuery });
  const draftCount = data?.drafts.length ?? 0;
  const topics = data?.topics ?? [];
  return (
    <>
      <nav className={styles.aside} aria-label={t("aside.mine")}>
        <Link to="/drafts">
          <Icon name="edit" size={18} />
          <span>{t("aside.drafts")}</span>
          {draftCount > 0 && <span className={styles.asideCount}>{formatNumber(draftCount)}</span>}
        </Link>
        <Link to="/scheduled">
          <Icon name="clock" size={18} />
          <span>{t("aside.scheduled")}</span>
        </Link>
      </nav>
      {topics.length > 0 && (
        <section className={styles.aside} aria-labelledby="home-topics">
          <h2 id="home-topics">{t("aside.topics")}</h2>
          <ul>
            {topics.map(({ name, postCount }) => (
              <li key={name}>
                <Link to="/topics/$topic" params={{ topic: name }}>
                  <span>#{name}</span>
                  <span className={styles.asideCount}>{formatNumber(postCount, "compact")}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
