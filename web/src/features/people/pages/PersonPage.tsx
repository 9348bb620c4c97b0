import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function PersonPage() {
  const { t } = useTranslation("people");
  return (
    <Page title={t("title")}>
      <EmptyState icon="person" title={t("title")} />
    </Page>
  );
}
