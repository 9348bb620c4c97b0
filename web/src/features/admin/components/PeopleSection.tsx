import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import type { OrganisationRole } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Button,
  Card,
  Checkbox,
  EmptyState,
  ErrorState,
  InfiniteList,
  Select,
  SkeletonList,
  TextField,
} from "@/ui";
import { AdminPeopleQuery, AdminPersonParts } from "../queries";
import styles from "./Admin.module.css";
import { AdminPersonLine } from "./AdminPersonLine";
import { CreatePerson } from "./CreatePerson";
import { type Credentials, OneTimePassword } from "./OneTimePassword";

/** Who may sign in, and with which rights. */
export function PeopleSection() {
  const { t } = useTranslation(["admin", "common"]);
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const [text, setText] = useState("");
  const [role, setRole] = useState<OrganisationRole | "ANY">("ANY");
  const [includeDeactivated, setIncludeDeactivated] = useState(true);
  const [isCreating, setCreating] = useState(false);
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const query = useDebounced(text.trim());
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: AdminPeopleQuery,
    variables: {
      query: query || null,
      role: role === "ANY" ? null : role,
      includeDeactivated,
      first: 40,
    },
    connection: (data) => data.people,
  });
  const people = readFragment(AdminPersonParts, list?.nodes ?? []);
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
      {error && !list ? (
        <ErrorState {...stateOf(error)} onRetry={refresh} />
      ) : isLoading ? (
        <SkeletonList count={8} />
      ) : people.length === 0 ? (
        <EmptyState icon="search" title={t("people.none")} text={t("people.noneText")} />
      ) : (
        <Card className={styles.list}>
          <InfiniteList
            label={t("section.people")}
            gap="none"
            hasMore={hasMore}
            isLoading={isLoadingMore}
            onLoadMore={loadMore}
            skeleton={<SkeletonList count={3} />}
          >
            {people.map((person) => (
              <li key={person.id}>
                <AdminPersonLine person={person} onCredentials={setCredentials} />
              </li>
            ))}
          </InfiniteList>
        </Card>
      )}
      {isCreating && (
        <CreatePerson onClose={() => setCreating(false)} onCredentials={setCredentials} />
      )}
      {credentials && (
        <OneTimePassword credentials={credentials} onClose={() => setCredentials(null)} />
      )}
    </>
  );
}
