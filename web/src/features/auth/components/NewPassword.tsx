import { useTranslation } from "@/i18n";
import { cx, PasswordField } from "@/ui";
import { minPasswordLength, passwordStrength } from "../strength";
import styles from "./AuthFrame.module.css";

type NewPasswordProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Words that must not make up the password: name, handle, organisation. */
  known?: readonly string[];
  error?: string | null;
};

/** A new password with a hint at how strong it is. */
export function NewPassword({ label, value, onChange, known, error }: NewPasswordProps) {
  const { t } = useTranslation("auth");
  const strength = passwordStrength(value, known);
  return (
    <div className={styles.form}>
      <PasswordField
        label={label}
        name="new-password"
        autoComplete="new-password"
        isRequired
        value={value}
        onChange={onChange}
        error={error}
        hint={t("password.hint", { count: minPasswordLength })}
        showLabel={t("password.show")}
        hideLabelText={t("password.hide")}
      />
      {value && (
        <div
          className={styles.meter}
          data-strength={strength}
          role="status"
          aria-label={`${t("password.strength")}: ${t(`password.strength${strength}`)}`}
        >
          {[1, 2, 3, 4].map((step) => (
            <span key={step} className={cx(styles.bar, strength >= step && styles.full)} />
          ))}
          <span className={styles.word} aria-hidden="true">
            {t(`password.strength${strength}`)}
          </span>
        </div>
      )}
    </div>
  );
}
