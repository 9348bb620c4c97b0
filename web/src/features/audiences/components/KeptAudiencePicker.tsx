import { Link } from "@tanstack/react-router";
import { useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Select } from "@/ui";
import type { Named } from "../draft";
import { KeptAudiencesQuery } from "../queries";
import styles from "./Audiences.module.css";

/** Audiences offered, in the order of their names. */
const OFFERED = 100;

type KeptAudiencePickerProps = {
  label: string;
  /** What no audience means. */
  none: string;
  hint: string;
  error?: string | null;
  chosen: Named | null;
  onChange: (chosen: Named | null) => void;
};

/** One of the audiences one keeps or others share, or none. */
export function KeptAudiencePicker({
  label,
  none,
  hint,
  error,
  chosen,
  onChange,
}: KeptAudiencePickerProps) {
  const { t } = useTranslation("audiences");
  const [{ data }] = useQuery({
    query: KeptAudiencesQuery,
    variables: { first: OFFERED },
    requestPolicy: "cache-and-network",
  });
  const kept = data?.audiences.nodes ?? [];
  // One that was chosen once and is not offered any more must not vanish from the form.
  const all = chosen && !kept.some(({ id }) => id === chosen.id) ? [chosen, ...kept] : kept;
  return (
    <div className={styles.picker}>
      <Select
        label={label}
        value={chosen?.id ?? ""}
        onChange={(id) => {
          const found = all.find((each) => each.id === id);
          onChange(found ? { id: found.id, name: found.name } : null);
        }}
        options={[
          { value: "", label: none },
          ...all.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {error && <p className={styles.problem}>{error}</p>}
      <p className={styles.hint}>
        {hint} <Link to="/audiences">{t("manage")}</Link>
      </p>
    </div>
  );
}
