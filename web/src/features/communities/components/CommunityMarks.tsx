import type { CommunityCardPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Badge } from "@/ui";

type Props = {
  community: Pick<
    CommunityCardPartsFragment,
    "visibility" | "isOfficial" | "isAllCompany" | "isArchived"
  >;
};

/** What one should know about a community at first sight. */
export function CommunityMarks({ community }: Props) {
  const { t } = useTranslation("communities");
  const { visibility, isOfficial, isAllCompany, isArchived } = community;
  return (
    <>
      {isOfficial && (
        <Badge tone="accent" icon="official">
          {t("official")}
        </Badge>
      )}
      {isAllCompany && (
        <Badge tone="info" icon="building">
          {t("allCompany")}
        </Badge>
      )}
      {visibility === "PRIVATE" && <Badge icon="lock">{t("visibility.PRIVATE")}</Badge>}
      {visibility === "SECRET" && <Badge icon="eye-off">{t("visibility.SECRET")}</Badge>}
      {isArchived && (
        <Badge tone="warning" icon="archive">
          {t("archived")}
        </Badge>
      )}
    </>
  );
}
