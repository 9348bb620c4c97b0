import { type FormEvent, useState } from "react";
import { byField, type UserErrorLike, useAction, useErrorText, useQuery } from "@/graphql";
import type { SettingsProfileQuery } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, ErrorState, Section, SkeletonList, showToast, TextArea, TextField } from "@/ui";
import { ProfileUpdateMutation } from "../mutations";
import { ProfileQuery } from "../queries";
import { DetailsSection } from "./DetailsForm";
import { PictureField } from "./PictureField";
import styles from "./Settings.module.css";

type Person = NonNullable<SettingsProfileQuery["viewer"]>["person"];

/** What colleagues see of one. */
export function ProfileSection() {
  const { t } = useTranslation("settings");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: ProfileQuery });
  const person = data?.viewer?.person;
  return (
    <>
      <Section title={t("section.profile")}>
        <p className={styles.lead}>{t("profile.lead")}</p>
        {person ? (
          <ProfileForm key={person.id} person={person} />
        ) : error ? (
          <ErrorState
            {...stateOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
            isCompact
          />
        ) : (
          <SkeletonList count={4} />
        )}
      </Section>
      {person && <DetailsSection key={person.id} personId={person.id} />}
    </>
  );
}

const fields = ["name", "title", "pronunciation", "location", "about"] as const;

function ProfileForm({ person }: { person: Person }) {
  const { t } = useTranslation(["settings", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(ProfileUpdateMutation, (answer) => answer.profileUpdate, {
    showsUserErrors: true,
  });
  const [form, setForm] = useState(() => ({
    name: person.name,
    title: person.title,
    pronunciation: person.pronunciation,
    location: person.location,
    about: person.about,
  }));
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields: wrong, rest } = byField(errors, fields);
  const isChanged = fields.some((field) => form[field] !== person[field]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({ input: form });
    setErrors(userErrors);
    if (payload) showToast(t("saved"), { tone: "success" });
  }

  const bind = (field: (typeof fields)[number]) => ({
    value: form[field],
    onChange: (value: string) => setForm((before) => ({ ...before, [field]: value })),
    error: wrong[field] ? textOfUserError(wrong[field]) : null,
  });

  return (
    <form className={styles.form} onSubmit={submit}>
      <PictureField person={person} />
      {rest.map((error) => (
        <p key={error.code} role="alert">
          {textOfUserError(error)}
        </p>
      ))}
      <div className={styles.pair}>
        <TextField label={t("profile.name")} autoComplete="name" isRequired {...bind("name")} />
        <TextField label={t("profile.handle")} value={`@${person.handle}`} isReadOnly />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t("profile.jobTitle")}
          hint={t("profile.jobTitleHint")}
          {...bind("title")}
        />
        <TextField label={t("profile.location")} {...bind("location")} />
      </div>
      <TextField
        label={t("profile.pronunciation")}
        hint={t("profile.pronunciationHint")}
        {...bind("pronunciation")}
      />
      <TextArea label={t("profile.about")} hint={t("profile.aboutHint")} {...bind("about")} />
      <div className={styles.buttons}>
        <Button
          type="submit"
          variant="primary"
          isPending={isPending}
          isDisabled={!isChanged || !form.name.trim()}
        >
          {isPending ? t("common:state.saving") : t("common:action.save")}
        </Button>
      </div>
    </form>
  );
}
