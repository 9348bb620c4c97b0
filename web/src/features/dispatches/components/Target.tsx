import { KeptAudiencePicker, UnitPicker } from "@/features/audiences";
import { useErrorText, useQuery } from "@/graphql";
import type { LineRightsQuery as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Banner, Checkbox, CheckboxGroup, ErrorState, Select, SkeletonList } from "@/ui";
import type { Draft } from "../draft";
import { PreviewQuery } from "../queries";
import styles from "./Dispatches.module.css";

type Props = {
  rights: Data["lineRights"];
  value: Pick<Draft, "unitId" | "targetUnits" | "roles" | "audience">;
  onChange: (value: Partial<Draft>) => void;
  /** What is wrong with the audience. */
  error?: string | null;
};

/** Whom it addresses: a line one may use, parts of it, roles, and of these who is in an audience. */
export function Target({ rights, value, onChange, error }: Props) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const right = rights.find(({ unit }) => unit?.id === value.unitId);
  return (
    <div className={styles.form}>
      {rights.length > 1 && (
        <Select
          label={t("target.line")}
          value={value.unitId}
          onChange={(unitId) => onChange({ unitId, targetUnits: [], roles: [] })}
          options={rights.flatMap(({ unit, source }) =>
            unit ? [{ value: unit.id, label: unit.name, hint: t(`target.by.${source}`) }] : [],
          )}
        />
      )}
      {right && (
        <>
          <p className={styles.hint}>
            {t("target.who", { unit: right.unit?.name ?? "" })} {t(`target.by.${right.source}`)}
          </p>
          <UnitPicker
            chosen={value.targetUnits}
            onChange={(targetUnits) => onChange({ targetUnits })}
            anyHint={t("target.whole", { unit: right.unit?.name ?? "" })}
          />
          {right.roles.length > 0 && (
            <CheckboxGroup
              label={t(right.needsRoles ? "target.rolesNeeded" : "target.roles")}
              value={[...value.roles]}
              onChange={(roles) => onChange({ roles })}
            >
              {right.roles.map(({ role, count }) => (
                <Checkbox key={role} value={role}>
                  {`${role} (${formatNumber(count)})`}
                </Checkbox>
              ))}
            </CheckboxGroup>
          )}
          <KeptAudiencePicker
            label={t("target.audience")}
            none={t("target.noAudience")}
            hint={t("target.audienceHint")}
            error={error}
            chosen={value.audience}
            onChange={(audience) => onChange({ audience })}
          />
        </>
      )}
    </div>
  );
}

/** What the server knows of a target before anything is sent. */
export function usePreview({ unitId, targetUnits, roles, audience }: Props["value"]) {
  const [{ data, error, fetching }] = useQuery({
    query: PreviewQuery,
    variables: {
      target: {
        unitId,
        targetUnitIds: targetUnits.map(({ id }) => id),
        targetRoles: [...roles],
        targetAudienceId: audience?.id ?? null,
      },
    },
    pause: !unitId,
    requestPolicy: "cache-and-network",
  });
  return { preview: data?.dispatchPreview, isKnown: Boolean(data), error, fetching };
}

/** How many it would reach, and who would get a copy. */
export function Preview({ value }: Pick<Props, "value">) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const { preview, isKnown, error } = usePreview(value);
  if (!isKnown)
    return error ? <ErrorState {...stateOf(error)} isCompact /> : <SkeletonList count={3} />;
  if (!preview) return <Banner tone="warning">{t("target.notAllowed")}</Banner>;
  const { recipientCount, copyCount, unitCount, units } = preview;
  return (
    <>
      <p className={styles.count} role="status">
        {t("target.count", { count: recipientCount, number: formatNumber(recipientCount) })}
      </p>
      <p className={styles.hint}>
        {t("target.copies", { count: copyCount, number: formatNumber(copyCount) })}
      </p>
      <ul className={styles.places} aria-label={t("target.units")}>
        {units.map(({ unit, count }) => (
          <li key={unit.id}>
            <span>{unit.name}</span>
            <span className={styles.number}>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
      {unitCount > units.length && (
        <p className={styles.hint}>{t("target.moreUnits", { count: unitCount - units.length })}</p>
      )}
    </>
  );
}
