import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";

export function HomePage() {
  const { t } = useTranslation("feed");
  return (
    <Page title={t("title")}>
      <EmptyState icon="home" title={t("title")} />
    </Page>
  );
}
