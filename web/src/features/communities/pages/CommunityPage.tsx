import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function CommunityPage() {
  const { t } = useTranslation("communities");
  return (
    <Page title={t("title")}>
      <EmptyState icon="communities" title={t("title")} />
    </Page>
  );
}
