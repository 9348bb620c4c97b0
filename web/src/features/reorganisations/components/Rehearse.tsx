import { useNavigate } from "@tanstack/react-router";
import { type ChangeEvent, type FormEvent, useRef, useState } from "react";
import { UploadError } from "@/app/upload";
import { errorText, useErrorText } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Banner, Button, Section, TextField } from "@/ui";
import { type Fault, type HrFiles, rehearse } from "../upload";
import styles from "./Reorganisations.module.css";

const files = [
  ["people", "people.csv"],
  ["orgUnits", "org_units.csv"],
  ["assignments", "assignments.csv"],
] as const;

type Name = (typeof files)[number][0];

/** Tomorrow's files: chosen, tried out, and refused whole when a line is wrong. */
export function Rehearse({ onRehearsed }: { onRehearsed: () => void }) {
  const { t } = useTranslation("reorganisations");
  const { t: words } = useTranslation("common");
  const { formatNumber } = useFormat();
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Partial<Record<Name, File>>>({});
  const [day, setDay] = useState("");
  const [isPending, setPending] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [error, setError] = useState<string | null>(null);
  const { people, orgUnits, assignments } = chosen;
  const all: HrFiles | null =
    people && orgUnits && assignments ? { people, orgUnits, assignments } : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!all) return;
    setPending(true);
    setFaults([]);
    setError(null);
    try {
      const { id, faults: found } = await rehearse(all, day);
      setFaults(found);
      if (id) {
        onRehearsed();
        await navigate({
          to: "/admin/reorganisations/$reorganisationId",
          params: { reorganisationId: id },
        });
      }
    } catch (failure) {
      const isNamed = failure instanceof UploadError && failure.code !== "NETWORK";
      setError(
        isNamed
          ? textOfUserError(failure)
          : errorText(words, { code: "NETWORK", retryAfterSeconds: null }),
      );
    } finally {
      setPending(false);
    }
  }

  return (
    <Section title={t("rehearse.title")}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t("rehearse.text")}</p>
        <div className={styles.files}>
          {files.map(([name, fileName]) => (
            <FileField
              key={name}
              fileName={fileName}
              label={t(`rehearse.${name}`)}
              file={chosen[name]}
              onChange={(file) => {
                setFaults([]);
                setChosen((before) => ({ ...before, [name]: file }));
              }}
            />
          ))}
        </div>
        <TextField
          type="date"
          label={t("rehearse.day")}
          hint={t("rehearse.dayHint")}
          isOptional
          value={day}
          onChange={setDay}
        />
        {faults.length > 0 && (
          <Banner tone="danger" isLive>
            {t("faults.title", { count: faults.length, number: formatNumber(faults.length) })}
            <ul className={styles.faults}>
              {faults.map(({ file, line, reason }) => (
                <li key={`${file}:${line}:${reason}`}>
                  <strong>
                    {line > 0 ? t("faults.line", { file, line: formatNumber(line) }) : file}
                  </strong>{" "}
                  <span lang="en">{reason}</span>
                </li>
              ))}
            </ul>
          </Banner>
        )}
        {error && (
          <Banner tone="danger" isLive>
            {error}
          </Banner>
        )}
        <div>
          <Button type="submit" variant="primary" isPending={isPending} isDisabled={!all}>
            {t("rehearse.submit")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

type FileFieldProps = {
  fileName: string;
  label: string;
  file: File | undefined;
  onChange: (file: File) => void;
};

function FileField({ fileName, label, file, onChange }: FileFieldProps) {
  const { t } = useTranslation("reorganisations");
  const { formatBytes } = useFormat();
  const input = useRef<HTMLInputElement>(null);

  function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (chosen) onChange(chosen);
  }

  return (
    <div className={styles.file}>
      <span>
        {label} <code>{fileName}</code>
      </span>
      <Button size="s" icon="upload" onPress={() => input.current?.click()}>
        {t(file ? "rehearse.chooseOther" : "rehearse.choose", { file: fileName })}
      </Button>
      <span className={styles.chosen}>
        {file ? `${file.name} · ${formatBytes(file.size)}` : t("rehearse.noFile")}
      </span>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        aria-label={fileName}
        onChange={choose}
      />
    </div>
  );
}
