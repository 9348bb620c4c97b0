import { type FormEvent, useState } from "react";
import { type UserErrorLike, useAction, useErrorText, useQuery } from "@/graphql";
import type { OrganisationQuery as OrganisationAnswer } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, ErrorState, Section, SkeletonList, Switch, showToast, TextField } from "@/ui";
import { OrganisationQuery, OrganisationUpdateMutation } from "../queries";
import styles from "./Admin.module.css";

/** The name above everything. */
export function OrganisationSection() {
  const { t } = useTranslation("admin");
  const { formatDate, formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: OrganisationQuery });
  const organisation = data?.viewer?.organisation;
  return (
    <div className={styles.stack}>
      <Section title={t("section.organisation")}>
        {organisation ? (
          <>
            <NameForm key={organisation.name} name={organisation.name} />
            <p className={styles.meta}>
              {t("organisation.since", { when: formatDate(organisation.createdAt, "date") })} ·{" "}
              {t("people.count", {
                count: organisation.peopleCount,
                number: formatNumber(organisation.peopleCount),
              })}
            </p>
          </>
        ) : error ? (
          <ErrorState
            {...stateOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
            isCompact
          />
        ) : (
          <SkeletonList count={2} />
        )}
      </Section>
      {organisation && <Switches organisation={organisation} />}
    </div>
  );
}

type Organisation = NonNullable<OrganisationAnswer["viewer"]>["organisation"];
const switches = ["allowsPresence", "allowsTyping", "allowsReceipts"] as const;

/** What tells about people; what is off here, nobody can show. */
function Switches({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation("admin");
  const { run } = useAction(OrganisationUpdateMutation, (answer) => answer.organisationUpdate);
  return (
    <Section title={t("organisation.people")}>
      <p className={styles.meta}>{t("organisation.peopleHint")}</p>
      {switches.map((name) => (
        <Switch
          key={name}
          isSelected={organisation[name]}
          onChange={(value) => void run({ input: { name: organisation.name, [name]: value } })}
        >
          {t(`organisation.${name}`)}
        </Switch>
      ))}
    </Section>
  );
}

function NameForm({ name: current }: { name: string }) {
  const { t } = useTranslation(["admin", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    OrganisationUpdateMutation,
    (answer) => answer.organisationUpdate,
    { showsUserErrors: true },
  );
  const [name, setName] = useState(current);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [first] = errors;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({ input: { name: name.trim() } });
    setErrors(userErrors);
    if (payload) showToast(t("common:state.saved"), { tone: "success" });
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t("organisation.name")}
        hint={t("organisation.nameHint")}
        value={name}
        onChange={setName}
        error={first ? textOfUserError(first) : null}
        isRequired
      />
      <div>
        <Button
          type="submit"
          variant="primary"
          isPending={isPending}
          isDisabled={!name.trim() || name.trim() === current}
        >
          {t("common:action.save")}
        </Button>
      </div>
    </form>
  );
}
