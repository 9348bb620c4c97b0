import { type FormEvent, useState } from "react";
import {
  languageName,
  PersonProfileQuery,
  ProfileDetailsParts,
  ProfileDetailsUpdateMutation,
} from "@/features/people";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  useQuery,
} from "@/graphql";
import type { ProfileAudience, ProfileDetailsPartsFragment } from "@/graphql/generated/graphql";
import { currentLocale, useTranslation } from "@/i18n";
import { Button, Section, Select, Switch, showToast, TextField } from "@/ui";
import styles from "./Settings.module.css";
import { WordsField } from "./WordsField";

type Details = ProfileDetailsPartsFragment;
const fields = ["phone", "mobile", "office", "languages", "skills", "askAbout"] as const;
const audiences: readonly ProfileAudience[] = ["EVERYBODY", "UNIT_LINE", "NOBODY"];

/** How one is reached, what one can do, and who sees it. */
export function DetailsSection({ personId }: { personId: string }) {
  const { t } = useTranslation("settings");
  const [{ data }] = useQuery({ query: PersonProfileQuery, variables: { personId } });
  const details = readFragment(ProfileDetailsParts, data?.personProfile);
  if (!details?.choices) return null;
  return (
    <Section title={t("details.title")}>
      <p className={styles.lead}>{t("details.lead")}</p>
      <DetailsForm details={details} choices={details.choices} />
    </Section>
  );
}

function DetailsForm({
  details,
  choices,
}: {
  details: Details;
  choices: NonNullable<Details["choices"]>;
}) {
  const { t } = useTranslation(["settings", "common"]);
  const locale = currentLocale();
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    ProfileDetailsUpdateMutation,
    (answer) => answer.profileDetailsUpdate,
    { showsUserErrors: true },
  );
  const [form, setForm] = useState(() => ({
    phone: details.phone ?? "",
    mobile: details.mobile ?? "",
    office: details.office,
    languages: details.languages,
    skills: details.skills.map(({ name }) => name),
    askAbout: details.askAbout,
    ...choices,
  }));
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields: wrong, rest } = byField(errors, fields);
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const isKept = (field: Details["hrFields"][number]) => details.hrFields.includes(field);
  const errorOf = (field: (typeof fields)[number]) =>
    wrong[field] ? textOfUserError(wrong[field]) : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { phoneFor, mobileFor, emailFor, isSuggested, ...texts } = form;
    const { payload, userErrors } = await run({
      input: { ...texts, phoneFor, mobileFor, emailFor, isSuggested },
    });
    setErrors(userErrors);
    if (payload) showToast(t("saved"), { tone: "success" });
  }

  const number = (field: "phone" | "mobile", hr: "PHONE" | "MOBILE") => (
    <TextField
      label={t(`details.${field}`)}
      type="tel"
      autoComplete="tel"
      value={form[field]}
      onChange={(value) => set({ [field]: value })}
      isReadOnly={isKept(hr)}
      hint={isKept(hr) ? t("details.keptByHr") : undefined}
      error={errorOf(field)}
    />
  );
  const seenBy = (field: "phoneFor" | "mobileFor" | "emailFor") => (
    <Select
      label={t(`details.${field}`)}
      value={form[field]}
      onChange={(value) => set({ [field]: value })}
      options={audiences.map((value) => ({ value, label: t(`details.seenBy.${value}`) }))}
    />
  );
  return (
    <form className={styles.form} onSubmit={submit}>
      {rest.map((error) => (
        <p key={error.code} role="alert">
          {textOfUserError(error)}
        </p>
      ))}
      <div className={styles.pair}>
        {number("phone", "PHONE")}
        {seenBy("phoneFor")}
      </div>
      <div className={styles.pair}>
        {number("mobile", "MOBILE")}
        {seenBy("mobileFor")}
      </div>
      <div className={styles.pair}>
        <TextField
          label={t("details.office")}
          value={form.office}
          onChange={(office) => set({ office })}
          isReadOnly={isKept("OFFICE")}
          hint={isKept("OFFICE") ? t("details.keptByHr") : undefined}
          error={errorOf("office")}
        />
        {seenBy("emailFor")}
      </div>
      <WordsField
        label={t("details.languages")}
        hint={t(isKept("LANGUAGES") ? "details.keptByHr" : "details.languagesHint")}
        isReadOnly={isKept("LANGUAGES")}
        words={form.languages}
        textOf={(code) => languageName(code, locale)}
        onChange={(languages) => set({ languages })}
        error={errorOf("languages")}
      />
      <WordsField
        label={t("details.skills")}
        hint={t("details.skillsHint")}
        words={form.skills}
        onChange={(skills) => set({ skills })}
        error={errorOf("skills")}
      />
      <WordsField
        label={t("details.askAbout")}
        hint={t("details.askAboutHint")}
        words={form.askAbout}
        onChange={(askAbout) => set({ askAbout })}
        error={errorOf("askAbout")}
      />
      <Switch
        isSelected={form.isSuggested}
        onChange={(isSuggested) => set({ isSuggested })}
        hint={t("details.isSuggestedHint")}
      >
        {t("details.isSuggested")}
      </Switch>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" isPending={isPending}>
          {isPending ? t("common:state.saving") : t("details.save")}
        </Button>
      </div>
    </form>
  );
}
