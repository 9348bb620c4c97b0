import { type ChangeEvent, useRef, useState } from "react";
import { UploadError, uploadFile } from "@/app/upload";
import { errorText, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Button, showToast } from "@/ui";
import { AvatarSetMutation } from "../mutations";
import styles from "./Settings.module.css";

type PictureFieldProps = {
  person: { name: string; avatarUrl?: string | null; avatarColor: number };
};

/** One's picture: taken at once, taken away at once. */
export function PictureField({ person }: PictureFieldProps) {
  const { t } = useTranslation("settings");
  const { t: words } = useTranslation("common");
  const { textOfUserError } = useErrorText();
  const { run } = useAction(AvatarSetMutation, (answer) => answer.avatarSet);
  const [isPending, setPending] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function set(attachmentId: string | null) {
    const { payload } = await run({ input: { attachmentId } });
    if (payload) showToast(t("saved"), { tone: "success" });
  }

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    setPending(true);
    try {
      const { id } = await uploadFile(file);
      await set(id);
    } catch (error) {
      const isNamed = error instanceof UploadError && error.code !== "NETWORK";
      const text = isNamed
        ? textOfUserError(error)
        : errorText(words, { code: "NETWORK", retryAfterSeconds: null });
      showToast(text, { tone: "danger" });
    } finally {
      setPending(false);
    }
  }

  return (
    <div className={styles.picture}>
      <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="xl" />
      <div className={styles.pictureText}>
        <div className={styles.buttons}>
          <Button icon="image" isPending={isPending} onPress={() => input.current?.click()}>
            {isPending ? t("profile.pictureUploading") : t("profile.pictureUpload")}
          </Button>
          {person.avatarUrl && (
            <Button variant="quiet" icon="trash" onPress={() => void set(null)}>
              {t("profile.pictureRemove")}
            </Button>
          )}
        </div>
        <p className={styles.hint}>{t("profile.pictureHint")}</p>
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif"
          hidden
          aria-label={t("profile.pictureUpload")}
          onChange={choose}
        />
      </div>
    </div>
  );
}
