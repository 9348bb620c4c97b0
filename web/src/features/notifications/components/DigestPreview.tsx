import { useState } from "react";
import { useErrorText, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, Dialog, ErrorState, SkeletonList } from "@/ui";
import { NextDigestQuery } from "../delivery";
import styles from "./Delivery.module.css";

/** What the next digest would say if it came now. */
export function DigestPreview() {
  const { t } = useTranslation("notifications");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon="mail" onPress={() => setOpen(true)}>
        {t("delivery.preview")}
      </Button>
      {isOpen && (
        <Dialog isOpen title={t("delivery.previewTitle")} onOpenChange={setOpen}>
          <Letter />
        </Dialog>
      )}
    </>
  );
}

function Letter() {
  const { t } = useTranslation("notifications");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({
    query: NextDigestQuery,
    requestPolicy: "network-only",
  });
  const digest = data?.viewerDelivery.nextDigest;
  if (digest) {
    return (
      <div className={styles.stack}>
        <p>
          <b>{digest.subject}</b>
        </p>
        <pre className={styles.letter}>{digest.text}</pre>
      </div>
    );
  }
  if (data) return <p>{t("delivery.previewNone")}</p>;
  return error ? (
    <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
  ) : (
    <SkeletonList count={3} />
  );
}
