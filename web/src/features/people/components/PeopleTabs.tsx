import { Link } from "@tanstack/react-router";
import { useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { TabLinks, tabLinkClass } from "@/ui";
import { OrgRootsQuery } from "../orgQueries";

/** Directory, tree where one was brought in, audiences. */
export function PeopleTabs() {
  const { t } = useTranslation("people");
  const [{ data }] = useQuery({ query: OrgRootsQuery });
  return (
    <TabLinks label={t("title")}>
      <Link to="/people" activeOptions={{ exact: true }} className={tabLinkClass}>
        {t("directory")}
      </Link>
      {data?.orgUnits.length ? (
        <Link to="/organisation" className={tabLinkClass}>
          {t("organisation.title")}
        </Link>
      ) : null}
      <Link to="/audiences" className={tabLinkClass}>
        {t("audiences")}
      </Link>
    </TabLinks>
  );
}
