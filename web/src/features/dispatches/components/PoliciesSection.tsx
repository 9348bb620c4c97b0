import { useState } from "react";
import { UnitPicker } from "@/features/audiences";
import { byField, type UserErrorLike, useAction, useErrorText, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import {
  Banner,
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Section,
  SkeletonList,
  Switch,
  TextField,
} from "@/ui";
import {
  LinePoliciesQuery,
  LinePolicyRemoveMutation,
  LinePolicySetMutation,
} from "../policyQueries";
import styles from "./Dispatches.module.css";

type Policy = {
  unit: { id: string; name: string } | null;
  passesQuietHours: boolean;
  repeatMinutes: number;
  maxRepeats: number;
};

/** How often urgent dispatches come back in which unit, and whether at any hour. For network administrators. */
export function PoliciesSection() {
  const { t } = useTranslation(["dispatches", "common"]);
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: LinePoliciesQuery });
  const removing = useAction(LinePolicyRemoveMutation, (answer) => answer.linePolicyRemove);
  const [open, setOpen] = useState<Policy | null>(null);
  const reload = () => refetch({ requestPolicy: "network-only" });
  const policies = data?.linePolicies;
  return (
    <Section
      title={t("policies.title")}
      actions={
        <Button icon="plus" onPress={() => setOpen(usual)}>
          {t("policies.set")}
        </Button>
      }
    >
      <p className={styles.hint}>{t("policies.text")}</p>
      {!policies ? (
        error ? (
          <ErrorState {...stateOf(error)} isCompact />
        ) : (
          <SkeletonList count={2} />
        )
      ) : policies.length === 0 ? (
        <EmptyState icon="bell" title={t("policies.none")} />
      ) : (
        <ul className={styles.list} aria-label={t("policies.title")}>
          {policies.map((policy) => {
            const { unit } = policy;
            return (
              unit && (
                <li key={unit.id} className={styles.policy}>
                  <span>
                    <strong>{unit.name}</strong>
                    <span className={styles.hint}>
                      {[
                        t("policies.repeats", {
                          count: policy.maxRepeats,
                          minutes: policy.repeatMinutes,
                        }),
                        t(policy.passesQuietHours ? "policies.passes" : "policies.keeps"),
                      ].join(" · ")}
                    </span>
                  </span>
                  <span className={styles.row}>
                    <Button size="s" onPress={() => setOpen(policy)}>
                      {t("common:action.edit")}
                    </Button>
                    <Button
                      size="s"
                      variant="quiet"
                      isPending={removing.isPending}
                      onPress={async () => {
                        await removing.run({ input: { unitId: unit.id } });
                        reload();
                      }}
                    >
                      {t("policies.remove")}
                    </Button>
                  </span>
                </li>
              )
            );
          })}
        </ul>
      )}
      {open && (
        <SetPolicy
          start={open}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            reload();
          }}
        />
      )}
    </Section>
  );
}

/** What holds where nothing is said. */
const usual: Policy = { unit: null, passesQuietHours: false, repeatMinutes: 60, maxRepeats: 24 };

type SetProps = { start: Policy; onClose: () => void; onDone: () => void };

function SetPolicy({ start, onClose, onDone }: SetProps) {
  const { t } = useTranslation(["dispatches", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(LinePolicySetMutation, (answer) => answer.linePolicySet, {
    showsUserErrors: true,
  });
  const [units, setUnits] = useState<readonly { id: string; name: string }[]>(
    start.unit ? [start.unit] : [],
  );
  const [passesQuietHours, setPasses] = useState(start.passesQuietHours);
  const [minutes, setMinutes] = useState(String(start.repeatMinutes));
  const [times, setTimes] = useState(String(start.maxRepeats));
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["repeatMinutes", "maxRepeats"]);
  const [unit] = units;
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);

  async function save() {
    if (!unit) return;
    const { payload, userErrors } = await run({
      input: {
        unitId: unit.id,
        passesQuietHours,
        repeatMinutes: Math.trunc(Number(minutes)),
        maxRepeats: Math.trunc(Number(times)),
      },
    });
    setErrors(userErrors);
    if (payload) onDone();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("policies.set")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!unit}
            onPress={() => void save()}
          >
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <UnitPicker
          chosen={units}
          onChange={(next) => setUnits(next.slice(-1))}
          anyHint={t("policies.unitHint")}
        />
        <TextField
          type="number"
          label={t("policies.minutes")}
          hint={t("policies.minutesHint")}
          value={minutes}
          onChange={setMinutes}
          error={text(fields.repeatMinutes)}
        />
        <TextField
          type="number"
          label={t("policies.times")}
          value={times}
          onChange={setTimes}
          error={text(fields.maxRepeats)}
        />
        <Switch isSelected={passesQuietHours} onChange={setPasses} hint={t("policies.quietHint")}>
          {t("policies.quiet")}
        </Switch>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
