import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function AdminPage() {
  const { t } = useTranslation("admin");
  return (
    <Page title={t("title")}>
      <EmptyState icon="shield" title={t("title")} />
    </Page>
  );
}
