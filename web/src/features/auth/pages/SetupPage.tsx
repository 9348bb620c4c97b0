import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { AuthError, session } from "@/app/session";
import { currentLocale, type Locale, locales, switchLocale, useTranslation } from "@/i18n";
import { Banner, Button, Radio, RadioGroup, TextField } from "@/ui";
import { authErrorText } from "../authErrorText";
import { AuthCard, AuthFrame } from "../components/AuthFrame";
import styles from "../components/AuthFrame.module.css";
import { NewPassword } from "../components/NewPassword";
import { handleFrom } from "../handle";
import { passwordStrength } from "../strength";

type Failure = { text: string; requestId: string | null; field: string | null };

/** First visit: the organisation, then its first network admin. */
export function SetupPage() {
  const { t: words } = useTranslation("common");
  const { t } = useTranslation(["auth", "shell", "common"]);
  const navigate = useNavigate();
  const [step, setStep] = useState<1 | 2>(1);
  const [organisationName, setOrganisationName] = useState("");
  const [name, setName] = useState("");
  const [ownHandle, setOwnHandle] = useState<string | null>(null);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const handle = ownHandle ?? handleFrom(name);
  const known = [organisationName, name, handle, email];

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (step === 1) return setStep(2);
    if (isPending) return;
    setPending(true);
    setFailure(null);
    try {
      const locale = currentLocale();
      await session.setup({
        organisationName: organisationName.trim(),
        name: name.trim(),
        handle,
        email: email.trim(),
        password,
        locale,
      });
      await navigate({ to: "/", replace: true });
    } catch (error) {
      const isAuth = error instanceof AuthError;
      const field = isAuth ? error.field : null;
      setFailure({
        text: authErrorText(words, error),
        requestId: isAuth ? error.requestId : null,
        field,
      });
      if (field === "organisationName") setStep(1);
      setPending(false);
    }
  }

  const errorOf = (field: string) => (failure?.field === field ? failure.text : null);
  const isComplete =
    step === 1
      ? organisationName.trim() !== ""
      : Boolean(name.trim() && handle && email.trim() && passwordStrength(password, known) > 0);
  return (
    <AuthFrame title={t("setup.title")}>
      <AuthCard
        isWide
        step={t("setup.step", { step })}
        title={step === 1 ? t("setup.title") : t("setup.admin")}
        lead={step === 1 ? t("setup.lead") : t("setup.adminLead")}
      >
        <form className={styles.form} onSubmit={submit} key={step}>
          {failure && !failure.field && (
            <Banner tone="danger" isLive>
              {failure.text}
              {failure.requestId && (
                <p className={styles.step}>
                  {t("common:error.requestId", { id: failure.requestId })}
                </p>
              )}
            </Banner>
          )}
          {step === 1 ? (
            <>
              <TextField
                label={t("setup.organisationName")}
                hint={t("setup.organisationHint")}
                name="organization"
                autoComplete="organization"
                autoFocus
                isRequired
                maxLength={120}
                value={organisationName}
                onChange={setOrganisationName}
                error={errorOf("organisationName")}
              />
              <RadioGroup
                label={t("setup.locale")}
                asCards
                value={currentLocale()}
                onChange={(value) => void switchLocale(value as Locale)}
              >
                {locales.map((locale) => (
                  <Radio key={locale} value={locale}>
                    {t(`shell:locale.${locale}`)}
                  </Radio>
                ))}
              </RadioGroup>
            </>
          ) : (
            <>
              <div className={styles.pair}>
                <TextField
                  label={t("setup.name")}
                  name="name"
                  autoComplete="name"
                  autoFocus
                  isRequired
                  maxLength={120}
                  value={name}
                  onChange={setName}
                  error={errorOf("name")}
                />
                <TextField
                  label={t("setup.handle")}
                  hint={t("setup.handleHint", { handle: handle || "…" })}
                  name="handle"
                  autoComplete="off"
                  spellCheck="false"
                  isRequired
                  value={handle}
                  onChange={(value) => setOwnHandle(value === "" ? null : handleFrom(value))}
                  error={errorOf("handle")}
                />
              </div>
              <TextField
                label={t("setup.email")}
                name="email"
                type="email"
                autoComplete="email"
                isRequired
                value={email}
                onChange={setEmail}
                error={errorOf("email")}
              />
              <NewPassword
                label={t("setup.password")}
                value={password}
                onChange={setPassword}
                known={known}
                error={errorOf("password")}
              />
            </>
          )}
          <div className={styles.buttons}>
            {step === 2 && (
              <Button size="l" onPress={() => setStep(1)}>
                {t("common:action.back")}
              </Button>
            )}
            <Button
              type="submit"
              variant="primary"
              size="l"
              isPending={isPending}
              isDisabled={!isComplete}
            >
              {step === 1 ? t("setup.next") : isPending ? t("setup.submitting") : t("setup.submit")}
            </Button>
          </div>
        </form>
      </AuthCard>
    </AuthFrame>
  );
}
