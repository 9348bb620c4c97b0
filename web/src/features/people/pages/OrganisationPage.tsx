import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { Page } from "@/app/shell";
import { useErrorText } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Card, EmptyState, ErrorState, SkeletonList, Tree, type TreeNode } from "@/ui";
import blocks from "../components/Organisation.module.css";
import { OrgSearch } from "../components/OrgSearch";
import { PeopleTabs } from "../components/PeopleTabs";
import { UnitPanel } from "../components/UnitPanel";
import type { Line } from "../orgTree";
import { useOrgTree } from "../useOrgTree";
import styles from "./Pages.module.css";

/** The organisation's tree, and the unit chosen in it. */
export function OrganisationPage() {
  const { t } = useTranslation("people");
  const { stateOf } = useErrorText();
  const navigate = useNavigate();
  const { unit } = useSearch({ from: "/app/organisation" });
  const { lines, sizes, toggle, more, isLoaded, error, retry } = useOrgTree(unit);
  const panel = useRef<HTMLDivElement>(null);
  const selected = unit ?? lines[0]?.id ?? null;
  const { nodeOf } = useNodes(sizes);

  function choose(id: string) {
    const line = lines.find((each) => each.id === id);
    if (line && !line.unit && line.parentId) return more(line.parentId);
    void navigate({ to: "/organisation", search: { unit: id } });
    // On a phone the unit stands below the chart.
    if (matchMedia("(max-width: 767px)").matches) {
      panel.current?.scrollIntoView({ block: "start" });
    }
  }

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
        <>
          <OrgSearch
            onFound={(id) => void navigate({ to: "/organisation", search: { unit: id } })}
          />
          <div className={styles.panes}>
            <Card isFlush className={styles.tree}>
              <Tree
                label={t("organisation.title")}
                selectedId={selected}
                onToggle={toggle}
                onSelect={choose}
                nodes={lines.map(nodeOf)}
              />
            </Card>
            <div ref={panel}>{selected && <UnitPanel key={selected} id={selected} />}</div>
          </div>
        </>
      )}
    </Page>
  );
}

/** What a line of the chart says: the unit, who leads it, how many people are in it. */
function useNodes(sizes: ReadonlyMap<string, number>) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  function nodeOf({ id, unit, left, level, position, setSize, isExpanded }: Line): TreeNode {
    const place = { id, level, position, setSize, isExpanded };
    if (!unit) {
      const text = t("organisation.more", { count: left, number: formatNumber(left) });
      return { ...place, text, content: <span className={blocks.more}>{text}</span> };
    }
    const count = sizes.get(id);
    const facts = [
      unit.head,
      count !== undefined && t("organisation.size", { count, number: formatNumber(count) }),
    ].filter(Boolean);
    return {
      ...place,
      text: unit.name,
      content: (
        <span className={blocks.line}>
          {unit.name}
          {facts.length > 0 && <small>{facts.join(" · ")}</small>}
        </span>
      ),
    };
  }
  return { nodeOf };
}
