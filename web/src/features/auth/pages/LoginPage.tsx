import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { AuthError, session, useSession } from "@/app/session";
import { useTranslation } from "@/i18n";
import { Banner, Button, PasswordField, TextField } from "@/ui";
import { authErrorText } from "../authErrorText";
import { AuthCard, AuthFrame } from "../components/AuthFrame";
import styles from "../components/AuthFrame.module.css";

const wrong = new Set(["UNAUTHENTICATED", "INVALID", "INVALID_CREDENTIALS", "LOGIN_FAILED"]);
const disabled = new Set(["ACCOUNT_DISABLED", "DEACTIVATED", "FORBIDDEN"]);

/** Sign in with e-mail or handle and password. */
export function LoginPage() {
  const { t: words } = useTranslation("common");
  const { t } = useTranslation(["auth", "common"]);
  const { next, ended } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<{ text: string; requestId: string | null } | null>(null);

  // Also when another tab has signed in.
  const { status } = useSession();
  useEffect(() => {
    if (status === "authenticated") void navigate({ href: next ?? "/", replace: true });
  }, [status, next, navigate]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    setFailure(null);
    try {
      await session.login({ login: login.trim(), password });
    } catch (error) {
      setFailure({
        text: textOf(error),
        requestId: error instanceof AuthError ? error.requestId : null,
      });
      setPending(false);
    }
  }

  function textOf(error: unknown) {
    if (error instanceof AuthError && disabled.has(error.code)) return t("login.disabled");
    if (error instanceof AuthError && wrong.has(error.code)) return t("login.wrong");
    return authErrorText(words, error);
  }

  return (
    <AuthFrame title={t("login.submit")}>
      <AuthCard title={t("login.title")} lead={t("login.leadPlain")}>
        <form className={styles.form} onSubmit={submit}>
          {failure ? (
            <Banner tone="danger" isLive>
              {failure.text}
              {failure.requestId && (
                <p className={styles.step}>
                  {t("common:error.requestId", { id: failure.requestId })}
                </p>
              )}
            </Banner>
          ) : (
            ended && <Banner>{t("login.expired")}</Banner>
          )}
          <TextField
            label={t("login.login")}
            name="username"
            autoComplete="username"
            autoFocus
            isRequired
            value={login}
            onChange={setLogin}
          />
          <PasswordField
            label={t("login.password")}
            name="password"
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
            showLabel={t("password.show")}
            hideLabelText={t("password.hide")}
          />
          <Button
            type="submit"
            variant="primary"
            size="l"
            isPending={isPending}
            isDisabled={!login.trim() || !password}
          >
            {isPending ? t("login.submitting") : t("login.submit")}
          </Button>
        </form>
        <p className={styles.small}>{t("login.forgot")}</p>
      </AuthCard>
    </AuthFrame>
  );
}
