import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function NotificationsPage() {
  const { t } = useTranslation("notifications");
  return (
    <Page title={t("title")}>
      <EmptyState icon="bell" title={t("title")} />
    </Page>
  );
}
