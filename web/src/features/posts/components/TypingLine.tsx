import { useSyncExternalStore } from "react";
import { useFormat, useTranslation } from "@/i18n";
import { typing } from "../typing";
import styles from "./PostCard.module.css";

/** "Ada is writing…". Not announced: it would talk into what somebody reads. */
export function TypingLine({ postId }: { postId: string }) {
  const { t } = useTranslation("posts");
  const { formatList } = useFormat();
  const typists = useSyncExternalStore(typing.subscribe, () => typing.of(postId));
  if (typists.length === 0) return null;
  const names = typists.slice(0, 2).map(({ name }) => name);
  const others = typists.length - names.length;
  return (
    <p className={styles.typing} aria-hidden="true">
      <span className={styles.dots}>
        <i />
        <i />
        <i />
      </span>
      {others > 0
        ? t("typing.many", { count: typists.length })
        : t("typing.names", { names: formatList(names), count: names.length })}
    </p>
  );
}
