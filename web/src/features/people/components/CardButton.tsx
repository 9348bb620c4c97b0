import { useState } from "react";
import { session } from "@/app/session";
import { useTranslation } from "@/i18n";
import { Button, showToast } from "@/ui";

/** Saves somebody's business card; the server decides what stands on it. */
export function CardButton({ id, handle }: { id: string; handle: string }) {
  const { t } = useTranslation(["people", "common"]);
  const [isPending, setPending] = useState(false);
  async function save() {
    setPending(true);
    try {
      const token = await session.accessToken();
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await fetch(`/people/${id}.vcf`, { headers });
      if (!answer.ok) throw new Error(answer.statusText);
      const url = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = url;
      link.download = `${handle}.vcf`;
      link.click();
      URL.revokeObjectURL(url);
    } catch {
      showToast(t("profile.cardFailed"), { tone: "danger" });
    } finally {
      setPending(false);
    }
  }
  return (
    <Button size="s" icon="download" isPending={isPending} onPress={() => void save()}>
      {t("profile.card")}
    </Button>
  );
}
