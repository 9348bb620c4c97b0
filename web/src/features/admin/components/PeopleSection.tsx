import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, usePagedQuery } from "@/graphql";
import type { OrganisationRole } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Checkbox, EmptyState, Select, TextField } from "@/ui";
import { AdminPeopleQuery, AdminPersonParts } from "../queries";
import styles from "./Admin.module.css";
import { AdminPersonLine } from "./AdminPersonLine";
import { CreatePerson } from "./CreatePerson";
import { type Credentials, OneTimePassword } from "./OneTimePassword";

/** Who may sign in, and with which rights. */
export function PeopleSection() {
  const { t } = useTranslation(["admin", "common"]);
  const { formatNumber } = useFormat();
  const [text, setText] = useState("");
  const [role, setRole] = useState<OrganisationRole | "ANY">("ANY");
  const [includeDeactivated, setIncludeDeactivated] = useState(true);
  const [isCreating, setCreating] = useState(false);
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const query = useDebounced(text.trim());
  const paged = usePagedQuery({
    query: AdminPeopleQuery,
    variables: {
      query: query || null,
      role: role === "ANY" ? null : role,
      includeDeactivated,
      first: 40,
    },
    connection: (data) => data.people,
    keepsWhileSearching: true,
  });
  const { list } = paged;
  return (
    <>
      <div className={styles.tools}>
        <TextField
          label={t("people.search")}
          hideLabel
          type="search"
          icon="search"
          placeholder={t("people.search")}
          value={text}
          onChange={setText}
        />
        <Select<OrganisationRole | "ANY">
          label={t("people.role")}
          hideLabel
          value={role}
          onChange={setRole}
          options={[
            { value: "ANY", label: t("people.anyRole") },
            { value: "MEMBER", label: t("common:role.MEMBER") },
            { value: "NETWORK_ADMIN", label: t("common:role.NETWORK_ADMIN") },
          ]}
        />
        <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
          {t("people.create")}
        </Button>
      </div>
      <div className={styles.tools}>
        <p className={styles.count} role="status">
          {list &&
            t("people.count", {
              count: list.totalCount,
              number: formatNumber(list.totalCount),
            })}
        </p>
        <Checkbox isSelected={includeDeactivated} onChange={setIncludeDeactivated}>
          {t("people.withDeactivated")}
        </Checkbox>
      </div>
      <PagedList
        paged={paged}
        label={t("section.people")}
        skeletons={8}
        className={styles.list}
        empty={<EmptyState icon="search" title={t("people.none")} text={t("people.noneText")} />}
      >
        {(nodes) =>
          readFragment(AdminPersonParts, nodes).map((person) => (
            <li key={person.id}>
              <AdminPersonLine person={person} onCredentials={setCredentials} />
            </li>
          ))
        }
      </PagedList>
      {isCreating && (
        <CreatePerson onClose={() => setCreating(false)} onCredentials={setCredentials} />
      )}
      {credentials && (
        <OneTimePassword credentials={credentials} onClose={() => setCredentials(null)} />
      )}
    </>
  );
}
