import { useEffect, useId, useRef } from "react";
import type { PostKind } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Icon } from "@/ui";
import { kindLook, postKinds } from "../components/kinds";
import styles from "./Composer.module.css";

type Props = { kind: PostKind; onChange: (kind: PostKind) => void; canAnnounce: boolean };

/** What it is going to be. */
export function KindSwitch({ kind, onChange, canAnnounce }: Props) {
  const { t } = useTranslation("posts");
  const name = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind may stand outside the visible part
  useEffect(() => {
    const chosen = group.current?.querySelector<HTMLElement>("label:has(input:checked)");
    if (group.current && chosen) group.current.scrollLeft = chosen.offsetLeft - 48;
  }, [kind]);
  return (
    <fieldset ref={group} className={styles.kinds}>
      <legend>{t("composer.kind")}</legend>
      {postKinds
        .filter((each) => each !== "ANNOUNCEMENT" || canAnnounce || kind === each)
        .map((each) => (
          <label key={each} className={styles.kind}>
            <input
              type="radio"
              name={name}
              value={each}
              checked={kind === each}
              onChange={() => onChange(each)}
            />
            <Icon name={kindLook[each].icon} size={16} />
            {t(`kind.${each}`)}
          </label>
        ))}
    </fieldset>
  );
}
