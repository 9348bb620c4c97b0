import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Card, EmptyState, ErrorState, SkeletonList, Tree } from "@/ui";
import { PeopleTabs } from "../components/PeopleTabs";
import { UnitPanel } from "../components/UnitPanel";
import { useOrgTree } from "../useOrgTree";
import styles from "./Pages.module.css";

/** The organisation's tree, and the unit chosen in it. */
export function OrganisationPage() {
  const { t } = useTranslation("people");
  const { stateOf } = useErrorText();
  const navigate = useNavigate();
  const { unit } = useSearch({ from: "/app/organisation" });
  const { lines, toggle, isLoaded, error, retry } = useOrgTree(unit);
  const selected = unit ?? lines[0]?.id ?? null;
  return (
    <Page title={t("organisation.title")} width="wide">
      <PeopleTabs />
      {error && lines.length === 0 ? (
        <ErrorState {...stateOf(error)} onRetry={retry} />
      ) : !isLoaded ? (
        <SkeletonList count={6} />
      ) : lines.length === 0 ? (
        <EmptyState
          icon="building"
          title={t("organisation.none")}
          text={t("organisation.noneText")}
        />
      ) : (
        <div className={styles.panes}>
          <Card isFlush className={styles.tree}>
            <Tree
              label={t("organisation.title")}
              selectedId={selected}
              onToggle={toggle}
              onSelect={(id) => void navigate({ to: "/organisation", search: { unit: id } })}
              nodes={lines.map(({ name, ...line }) => ({ ...line, text: name, content: name }))}
            />
          </Card>
          {selected && <UnitPanel key={selected} id={selected} />}
        </div>
      )}
    </Page>
  );
}
