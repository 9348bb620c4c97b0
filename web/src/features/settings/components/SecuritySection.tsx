import { type FormEvent, useState } from "react";
import { session } from "@/app/session";
import { useViewer } from "@/app/viewer";
import { NewPassword, passwordStrength } from "@/features/auth";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  useQuery,
} from "@/graphql";
import type { SessionsFragment as SessionsData } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  ConfirmDialog,
  ErrorState,
  Icon,
  PasswordField,
  RelativeTime,
  Section,
  SkeletonList,
  showToast,
} from "@/ui";
import { deviceOf } from "../device";
import { PasswordChangeMutation, SessionRevokeMutation } from "../mutations";
import { SessionsFragment, SessionsQuery } from "../queries";
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
  const { t } = useTranslation(["settings", "auth"]);
  const { person } = useViewer();
  const { textOfUserError } = useErrorText();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { run, isPending } = useAction(PasswordChangeMutation, (answer) => answer.passwordChange, {
    showsUserErrors: true,
  });
  const { fields, rest } = byField(errors, ["currentPassword", "newPassword"]);
  const known = [person.name, person.handle];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({
      input: { currentPassword: current, newPassword: next },
    });
    setErrors(userErrors);
    if (!payload) return;
    setCurrent("");
    setNext("");
    showToast(t("security.changed"), { tone: "success" });
  }

  return (
    <Section title={t("security.password")}>
      <form className={styles.form} onSubmit={submit}>
        {rest.map((error) => (
          <p key={error.code} role="alert">
            {textOfUserError(error)}
          </p>
        ))}
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={person.handle}
          readOnly
          hidden
        />
        <PasswordField
          label={t("security.current")}
          name="current-password"
          autoComplete="current-password"
          isRequired
          value={current}
          onChange={setCurrent}
          error={fields.currentPassword ? textOfUserError(fields.currentPassword) : null}
          showLabel={t("auth:password.show")}
          hideLabelText={t("auth:password.hide")}
        />
        <NewPassword
          label={t("security.new")}
          value={next}
          onChange={setNext}
          known={known}
          error={fields.newPassword ? textOfUserError(fields.newPassword) : null}
        />
        <div className={styles.buttons}>
          <Button
            type="submit"
            variant="primary"
            isPending={isPending}
            isDisabled={!current || passwordStrength(next, known) === 0}
          >
            {t("security.password")}
          </Button>
        </div>
      </form>
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
