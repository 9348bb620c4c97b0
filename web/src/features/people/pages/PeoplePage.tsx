import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function PeoplePage() {
  const { t } = useTranslation("people");
  return (
    <Page title={t("title")}>
      <EmptyState icon="people" title={t("title")} />
    </Page>
  );
}
