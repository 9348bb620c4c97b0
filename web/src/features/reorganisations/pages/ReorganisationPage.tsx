import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "@/app/shell";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { ReorganisationPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Banner,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Icon,
  Section,
  SkeletonList,
  showToast,
} from "@/ui";
import { Found } from "../components/Found";
import styles from "../components/Reorganisations.module.css";
import { StateBadge } from "../components/StateBadge";
import {
  ReorganisationApplyMutation,
  ReorganisationDiscardMutation,
  ReorganisationParts,
  ReorganisationQuery,
  ReorganisationUndoMutation,
} from "../queries";

/** What a rehearsal found, and what to do about it. */
export function ReorganisationPage() {
  const { t } = useTranslation("reorganisations");
  const { stateOf } = useErrorText();
  const { reorganisationId } = useParams({ from: "/app/admin/reorganisations/$reorganisationId" });
  const [{ data, error }, refetch] = useQuery({
    query: ReorganisationQuery,
    variables: { id: reorganisationId },
    requestPolicy: "cache-and-network",
  });
  const again = () => refetch({ requestPolicy: "network-only" });
  const reorganisation = readFragment(ReorganisationParts, data?.reorganisation);
  return (
    <Page title={t("one")} width="wide">
      <Link to="/admin/$section" params={{ section: "reorganisations" }} className={styles.back}>
        <Icon name="arrow-left" size={16} />
        {t("back")}
      </Link>
      <div className={styles.stack}>
        {reorganisation ? (
          <>
            <Head reorganisation={reorganisation} onRefused={again} />
            {reorganisation.state !== "DISCARDED" && (
              <Found id={reorganisation.id} totals={reorganisation.totals} />
            )}
          </>
        ) : error ? (
          <ErrorState {...stateOf(error)} onRetry={again} />
        ) : data ? (
          <EmptyState icon="search" title={t("notFound")} text={t("notFoundText")} />
        ) : (
          <SkeletonList count={6} />
        )}
      </div>
    </Page>
  );
}

type Decision = "apply" | "undo" | "discard";

function Head({
  reorganisation,
  onRefused,
}: {
  reorganisation: ReorganisationPartsFragment;
  onRefused: () => void;
}) {
  const { t } = useTranslation(["reorganisations", "common"]);
  const { formatDate } = useFormat();
  const apply = useAction(ReorganisationApplyMutation, (answer) => answer.reorganisationApply);
  const undo = useAction(ReorganisationUndoMutation, (answer) => answer.reorganisationUndo);
  const discard = useAction(
    ReorganisationDiscardMutation,
    (answer) => answer.reorganisationDiscard,
  );
  const [asked, setAsked] = useState<Decision | null>(null);
  const { id, state, isStale, createdAt, createdBy, effectiveAt } = reorganisation;
  const { appliedAt, appliedBy, undoneAt, undoneBy } = reorganisation;
  const isPending = apply.isPending || undo.isPending || discard.isPending;
  const by = (person: { name: string } | null | undefined) => person?.name ?? t("commandLine");

  async function decide(decision: Decision) {
    const action = { apply, undo, discard }[decision];
    const { payload } = await action.run({ input: { reorganisationId: id } });
    setAsked(null);
    if (payload) showToast(t(`${decision}.done`), { tone: "success" });
    else onRefused();
  }

  return (
    <Section
      title={t("of", { when: formatDate(createdAt) })}
      actions={<StateBadge state={state} />}
    >
      <div className={styles.form}>
        <p className={styles.hint}>
          {t("facts.rehearsed", { name: by(createdBy), when: formatDate(createdAt) })}{" "}
          {effectiveAt !== createdAt &&
            t("facts.effective", { when: formatDate(effectiveAt, "date") })}{" "}
          {appliedAt && t("facts.applied", { name: by(appliedBy), when: formatDate(appliedAt) })}{" "}
          {undoneAt && t("facts.undone", { name: by(undoneBy), when: formatDate(undoneAt) })}
        </p>
        {isStale && (
          <Banner tone="warning">
            {t(state === "APPLIED" ? "stale.applied" : "stale.rehearsed")}
          </Banner>
        )}
        {(state === "REHEARSED" || state === "APPLIED") && (
          <div className={styles.facts}>
            {state === "REHEARSED" ? (
              <>
                <Button
                  variant="primary"
                  isDisabled={isStale || isPending}
                  onPress={() => setAsked("apply")}
                >
                  {t("apply.action")}
                </Button>
                <Button
                  variant="quiet"
                  icon="trash"
                  isDisabled={isPending}
                  onPress={() => setAsked("discard")}
                >
                  {t("discard.action")}
                </Button>
              </>
            ) : (
              <Button
                icon="undo"
                isDisabled={isStale || isPending}
                onPress={() => setAsked("undo")}
              >
                {t("undo.action")}
              </Button>
            )}
          </div>
        )}
      </div>
      {asked && (
        <ConfirmDialog
          isOpen
          title={t(`${asked}.title`)}
          text={t(`${asked}.text`)}
          confirmLabel={t(`${asked}.action`)}
          isDanger={asked !== "apply"}
          isPending={isPending}
          onClose={() => setAsked(null)}
          onConfirm={() => void decide(asked)}
        />
      )}
    </Section>
  );
}
