import { useFormat, useTranslation } from "@/i18n";
import { IconButton, Popover } from "@/ui";
import styles from "./FeedView.module.css";
import type { FeedReason } from "./reducer";

/** "Why am I seeing this": the reasons in words, with their share of the score. */
export function Reasons({ reasons }: { reasons: readonly FeedReason[] }) {
  const { t } = useTranslation("feed");
  const { formatNumber } = useFormat();
  const total = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <Popover
      label={t("why.title")}
      placement="bottom end"
      trigger={<IconButton icon="info" size="s" label={t("why.title")} />}
    >
      <div className={styles.why}>
        <h3>{t("why.title")}</h3>
        <ul>
          {reasons.map(({ code, weight, person, topic }) => (
            <li key={`${code} ${topic ?? ""} ${person?.id ?? ""}`}>
              <span>
                {t(`why.${code}`, { name: person?.name ?? "", topic: topic ? `#${topic}` : "" })}
              </span>
              {total > 0 && (
                <span className={styles.share}>
                  <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect width="100" height="6" className={styles.shareTrack} />
                    <rect
                      width={Math.max(3, (weight / total) * 100)}
                      height="6"
                      className={styles.shareBar}
                    />
                  </svg>
                  {formatNumber(weight / total, "percent")}
                </span>
              )}
            </li>
          ))}
        </ul>
        <p className={styles.whyHint}>{t(total > 0 ? "why.ranked" : "why.latest")}</p>
      </div>
    </Popover>
  );
}
