import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { UnitPicker } from "@/features/audiences";
import { PersonLine, PersonParts, PersonPicker, type PickedPerson } from "@/features/people";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  usePagedQuery,
} from "@/graphql";
import type { LineGrantRight } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Banner, Button, Dialog, EmptyState, Section, Select, TextField } from "@/ui";
import { LineGrantGiveMutation, LineGrantRevokeMutation, LineGrantsQuery } from "../queries";
import styles from "./Dispatches.module.css";

/** Rights on lines that do not come from the tree: dated, with a reason. For network administrators. */
export function GrantsSection() {
  const { t } = useTranslation(["dispatches", "common"]);
  const { formatDate } = useFormat();
  const [isGiving, setGiving] = useState(false);
  const { run } = useAction(LineGrantRevokeMutation, (answer) => answer.lineGrantRevoke);
  const paged = usePagedQuery({
    query: LineGrantsQuery,
    variables: { first: 20 },
    connection: (data) => data.lineGrants,
  });
  return (
    <Section
      title={t("grants.title")}
      actions={
        <Button icon="plus" onPress={() => setGiving(true)}>
          {t("grants.give")}
        </Button>
      }
    >
      <p className={styles.hint}>{t("grants.text")}</p>
      <PagedList
        paged={paged}
        label={t("grants.title")}
        skeletons={2}
        className={styles.list}
        empty={<EmptyState icon="key" title={t("grants.none")} />}
      >
        {(nodes) =>
          nodes.map(({ id, person, unit, right, roles, reason, endsAt, revokedAt }) => {
            const isOver = revokedAt !== null || Date.parse(endsAt) <= Date.now();
            return (
              <li key={id}>
                <PersonLine
                  person={readFragment(PersonParts, person)}
                  detail={[
                    t(`grants.${right}`),
                    unit?.name,
                    roles.join(", "),
                    t("grants.until", { when: formatDate(revokedAt ?? endsAt, "date") }),
                    reason,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                  actions={
                    isOver ? (
                      <Badge>{t("grants.over")}</Badge>
                    ) : (
                      <Button
                        size="s"
                        variant="quiet"
                        onPress={async () => {
                          await run({ input: { grantId: id } });
                          paged.refresh();
                        }}
                      >
                        {t("grants.revoke")}
                      </Button>
                    )
                  }
                />
              </li>
            );
          })
        }
      </PagedList>
      {isGiving && (
        <Give
          onClose={() => setGiving(false)}
          onDone={() => {
            setGiving(false);
            paged.refresh();
          }}
        />
      )}
    </Section>
  );
}

function Give({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation(["dispatches", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(LineGrantGiveMutation, (answer) => answer.lineGrantGive, {
    showsUserErrors: true,
  });
  const [people, setPeople] = useState<readonly PickedPerson[]>([]);
  const [units, setUnits] = useState<readonly { id: string; name: string }[]>([]);
  const [right, setRight] = useState<LineGrantRight>("SEND");
  const [roles, setRoles] = useState("");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["reason", "endsAt", "roles"]);
  const [person] = people;
  const [unit] = units;
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);

  async function give() {
    if (!person || !unit) return;
    const { payload, userErrors } = await run({
      input: {
        personId: person.id,
        unitId: unit.id,
        right,
        roles: roles
          .split(",")
          .map((role) => role.trim())
          .filter(Boolean),
        reason,
        endsAt: new Date(`${until}T23:59:59`).toISOString(),
      },
    });
    setErrors(userErrors);
    if (payload) onDone();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("grants.give")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!person || !unit || !until || !reason.trim()}
            onPress={() => void give()}
          >
            {t("grants.give")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <PersonPicker label={t("grants.person")} chosen={people} max={1} onChange={setPeople} />
        <UnitPicker
          chosen={units}
          onChange={(next) => setUnits(next.slice(-1))}
          anyHint={t("grants.unitHint")}
        />
        <Select
          label={t("grants.right")}
          value={right}
          onChange={setRight}
          options={[
            { value: "SEND", label: t("grants.SEND") },
            { value: "AUDIT", label: t("grants.AUDIT") },
          ]}
        />
        <TextField
          label={t("grants.roles")}
          hint={t("grants.rolesHint")}
          value={roles}
          onChange={setRoles}
          error={text(fields.roles)}
        />
        <TextField
          label={t("grants.reason")}
          value={reason}
          onChange={setReason}
          error={text(fields.reason)}
        />
        <TextField
          type="date"
          label={t("grants.endsAt")}
          value={until}
          onChange={setUntil}
          error={text(fields.endsAt)}
        />
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
