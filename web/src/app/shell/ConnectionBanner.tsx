import { useSyncExternalStore } from "react";
import { connection } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Banner } from "@/ui";
import styles from "./AppShell.module.css";

/** Says when the server is out of reach; nothing otherwise. The region stays so that it is announced. */
export function ConnectionBanner() {
  const { t } = useTranslation("shell");
  const status = useSyncExternalStore(connection.subscribe, connection.get);
  return (
    <div role="status" className={styles.connection}>
      {status !== "online" && (
        <Banner tone="warning" icon="offline">
          {t(`connection.${status}`)}
        </Banner>
      )}
    </div>
  );
}
