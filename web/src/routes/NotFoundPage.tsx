import { Link } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { buttonClass, EmptyState } from "@/ui";

/** For addresses that lead nowhere, and for things one may not see: no difference is shown. */
export function NotFoundPage() {
  const { t } = useTranslation("shell");
  return (
    <Page title={t("notFound.title")} hideTitle>
      <EmptyState
        icon="search"
        title={t("notFound.title")}
        text={t("notFound.text")}
        actions={
          <Link to="/" className={buttonClass({ variant: "primary" })}>
            {t("notFound.home")}
          </Link>
        }
      />
    </Page>
  );
}
