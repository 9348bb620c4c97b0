import { useState } from "react";
import { session } from "@/app/session";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { SessionsFragment as SessionsData } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  ConfirmDialog,
  ErrorState,
  Icon,
  RelativeTime,
  Section,
  SkeletonList,
  showToast,
} from "@/ui";
import { deviceOf } from "../device";
import { SessionRevokeMutation } from "../mutations";
import { SessionsFragment, SessionsQuery } from "../queries";
import { PasswordForm } from "./PasswordForm";
import styles from "./Settings.module.css";

/** Password and the devices one is signed in on. */
export function SecuritySection() {
  return (
    <>
      <PasswordChange />
      <Sessions />
    </>
  );
}

function PasswordChange() {
  const { t } = useTranslation("settings");
  return (
    <Section title={t("security.password")}>
      <PasswordForm
        currentLabel={t("security.current")}
        submitLabel={t("security.password")}
        onDone={() => showToast(t("security.changed"), { tone: "success" })}
      />
    </Section>
  );
}

function Sessions() {
  const { t } = useTranslation("settings");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: SessionsQuery });
  const [isAsking, setAsking] = useState(false);
  const sessions = readFragment(SessionsFragment, data?.viewer)?.sessions;
  return (
    <Section title={t("security.sessions")}>
      {sessions ? (
        <ul className={styles.rows}>
          {sessions.map((each) => (
            <SessionRow key={each.id} session={each} />
          ))}
        </ul>
      ) : error ? (
        <ErrorState
          {...stateOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
          isCompact
        />
      ) : (
        <SkeletonList count={2} />
      )}
      <div className={styles.row}>
        <p className={`${styles.rowText} ${styles.hint}`}>{t("security.everywhereHint")}</p>
        <Button icon="logout" onPress={() => setAsking(true)}>
          {t("security.everywhere")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void session.logout("everywhere")}
        title={t("security.everywhereConfirm")}
        text={t("security.everywhereHint")}
        confirmLabel={t("security.everywhere")}
        isDanger
      />
    </Section>
  );
}

function SessionRow({ session: each }: { session: SessionsData["sessions"][number] }) {
  const { t } = useTranslation("settings");
  const { run, isPending } = useAction(SessionRevokeMutation, (answer) => answer.sessionRevoke);
  const { browser, system } = deviceOf(each.userAgent);
  const device =
    browser && system
      ? t("security.deviceOn", { browser, system })
      : (browser ?? system ?? t("security.unknownDevice"));

  async function revoke() {
    const { payload } = await run({ input: { sessionId: each.id } });
    if (payload) showToast(t("security.revoked"), { tone: "success" });
  }

  return (
    <li className={styles.row}>
      <Icon name={system === "iPhone" || system === "Android" ? "phone" : "monitor"} size={22} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>
          {device}
          {each.isCurrent && <Badge tone="accent">{t("security.thisDevice")}</Badge>}
        </div>
        <div className={styles.hint}>
          {each.address} · <RelativeTime value={each.lastUsedAt} />
        </div>
      </div>
      {!each.isCurrent && (
        <Button
          size="s"
          isPending={isPending}
          onPress={() => void revoke()}
          aria-label={t("security.revokeOf", { device })}
        >
          {t("security.revoke")}
        </Button>
      )}
    </li>
  );
}
