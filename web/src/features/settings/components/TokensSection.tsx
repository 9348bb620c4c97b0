import { useState } from "react";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { TokensFragment as TokensData } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Icon,
  RelativeTime,
  Section,
  SkeletonList,
  showToast,
} from "@/ui";
import { AccessTokenRevokeMutation } from "../mutations";
import { TokensFragment, TokensQuery } from "../queries";
import styles from "./Settings.module.css";
import { TokenDialog } from "./TokenDialog";

/** Personal access tokens for programs. */
export function TokensSection() {
  const { t } = useTranslation("settings");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: TokensQuery });
  const [isCreating, setCreating] = useState(false);
  const tokens = readFragment(TokensFragment, data?.viewer)?.accessTokens;
  const create = (
    <Button icon="plus" onPress={() => setCreating(true)}>
      {t("tokens.create")}
    </Button>
  );
  return (
    <Section title={t("section.tokens")} actions={tokens?.length ? create : undefined}>
      <p className={styles.lead}>{t("tokens.lead")}</p>
      {tokens ? (
        tokens.length === 0 ? (
          <EmptyState
            icon="key"
            title={t("tokens.none")}
            text={t("tokens.noneHint")}
            actions={create}
            isCompact
          />
        ) : (
          <ul className={styles.rows}>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        )
      ) : error ? (
        <ErrorState
          {...stateOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
          isCompact
        />
      ) : (
        <SkeletonList count={2} />
      )}
      {isCreating && (
        <TokenDialog
          onClose={() => {
            setCreating(false);
            refetch({ requestPolicy: "network-only" });
          }}
        />
      )}
    </Section>
  );
}

function TokenRow({ token }: { token: TokensData["accessTokens"][number] }) {
  const { t } = useTranslation("settings");
  const { formatDate } = useFormat();
  const { run, isPending } = useAction(
    AccessTokenRevokeMutation,
    (answer) => answer.accessTokenRevoke,
  );
  const [isAsking, setAsking] = useState(false);
  const ends = token.expiresAt;
  const isOver = ends ? Date.parse(ends) < Date.now() : false;

  async function revoke() {
    const { payload } = await run({ input: { accessTokenId: token.id } });
    if (payload) showToast(t("tokens.revoked"), { tone: "success" });
    setAsking(false);
  }

  return (
    <li className={styles.row}>
      <Icon name="key" size={22} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>
          {token.name}
          {token.scopes.map((scope) => (
            <Badge key={scope} tone={scope === "READ" ? "neutral" : "warning"}>
              {t(`tokens.scopeShort_${scope}`)}
            </Badge>
          ))}
        </div>
        <div className={styles.hint}>
          {token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : t("tokens.neverUsed")} ·{" "}
          {ends
            ? t(isOver ? "tokens.expired" : "tokens.expires", { when: formatDate(ends, "date") })
            : t("tokens.never")}
        </div>
      </div>
      <Button
        size="s"
        onPress={() => setAsking(true)}
        aria-label={t("tokens.revokeOf", { name: token.name })}
      >
        {t("tokens.revoke")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void revoke()}
        title={t("tokens.revokeConfirm", { name: token.name })}
        text={t("tokens.revokeText")}
        confirmLabel={t("tokens.revoke")}
        isDanger
        isPending={isPending}
      />
    </li>
  );
}
