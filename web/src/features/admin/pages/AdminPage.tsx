import { Link, useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Page } from "@/app/shell";
import { useViewer } from "@/app/viewer";
import { LineSection } from "@/features/dispatches";
import { HouseSection } from "@/features/notifications";
import { ReorganisationsSection } from "@/features/reorganisations";
import { useTranslation } from "@/i18n";
import { buttonClass, EmptyState, TabLinks, tabLinkClass } from "@/ui";
import styles from "../components/Admin.module.css";
import { CalendarsSection } from "../components/CalendarsSection";
import { CommunitiesSection } from "../components/CommunitiesSection";
import { HealthSection } from "../components/HealthSection";
import { OrganisationSection } from "../components/OrganisationSection";
import { PeopleSection } from "../components/PeopleSection";
import { type AdminSection, adminSections, isAdminSection } from "../sections";

const parts: Record<AdminSection, ComponentType> = {
  people: PeopleSection,
  communities: CommunitiesSection,
  line: LineSection,
  calendars: CalendarsSection,
  notifications: HouseSection,
  reorganisations: ReorganisationsSection,
  health: HealthSection,
  organisation: OrganisationSection,
};

/** Everything network administration decides, a part per address. */
export function AdminPage() {
  const { t } = useTranslation("admin");
  const { viewerCan } = useViewer();
  const { section } = useParams({ from: "/app/admin/$section" });
  if (!isAdminSection(section)) return null;
  if (!viewerCan.administerNetwork) {
    return (
      <Page title={t("title")} hideTitle>
        <EmptyState
          icon="shield"
          title={t("forbidden")}
          text={t("forbiddenText")}
          actions={
            <Link to="/" className={buttonClass({ variant: "primary" })}>
              {t("toHome")}
            </Link>
          }
        />
      </Page>
    );
  }
  const Part = parts[section];
  return (
    <Page title={t("title")} width="wide">
      <TabLinks label={t("title")}>
        {adminSections.map((name) => (
          <Link key={name} to="/admin/$section" params={{ section: name }} className={tabLinkClass}>
            {t(`section.${name}`)}
          </Link>
        ))}
      </TabLinks>
      <div className={styles.part}>
        <Part />
      </div>
    </Page>
  );
}
