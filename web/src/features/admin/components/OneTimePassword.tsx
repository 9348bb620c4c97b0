import { useTranslation } from "@/i18n";
import { Banner, Button, Dialog, IconButton, showToast } from "@/ui";
import styles from "./Admin.module.css";

export type Credentials = { name: string; handle: string; password: string };

/** Shows a password, this once. */
export function OneTimePassword({
  credentials: { name, handle, password },
  onClose,
}: {
  credentials: Credentials;
  onClose: () => void;
}) {
  const { t } = useTranslation(["admin", "common"]);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      title={t("password.title", { name })}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t("common:action.done")}
        </Button>
      }
    >
      <div className={styles.form}>
        <Banner tone="warning">{t("password.once")}</Banner>
        <p>{t("password.handle", { handle })}</p>
        <div className={styles.secret}>
          <code>{password}</code>
          {navigator.clipboard && (
            <IconButton
              icon="copy"
              label={t("common:action.copy")}
              onPress={() => {
                void navigator.clipboard
                  .writeText(password)
                  .then(() => showToast(t("common:state.copied"), { tone: "success" }));
              }}
            />
          )}
        </div>
        <p className={styles.meta}>{t("password.change", { name })}</p>
      </div>
    </Dialog>
  );
}
