import { Link } from "@tanstack/react-router";
import { useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { TabLinks, tabLinkClass } from "@/ui";
import { OrgRootsQuery } from "../queries";

/** Directory and tree; nothing where no tree was brought in. */
export function PeopleTabs() {
  const { t } = useTranslation("people");
  const [{ data }] = useQuery({ query: OrgRootsQuery });
  if (!data?.orgUnits.length) return null;
  return (
    <TabLinks label={t("title")}>
      <Link to="/people" activeOptions={{ exact: true }} className={tabLinkClass}>
        {t("directory")}
      </Link>
      <Link to="/organisation" className={tabLinkClass}>
        {t("organisation.title")}
      </Link>
    </TabLinks>
  );
}
