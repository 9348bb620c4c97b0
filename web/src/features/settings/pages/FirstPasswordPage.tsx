import { session } from "@/app/session";
import { AuthCard, AuthFrame } from "@/features/auth";
import { useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { PasswordForm } from "../components/PasswordForm";

/** Before anything else, for somebody who came in with a password given by an admin. */
export function FirstPasswordPage() {
  const { t } = useTranslation(["auth", "shell"]);
  return (
    <AuthFrame title={t("first.title")}>
      <AuthCard title={t("first.title")} lead={t("first.lead")}>
        <PasswordForm currentLabel={t("first.current")} submitLabel={t("first.submit")} />
        <Button variant="quiet" icon="logout" onPress={() => void session.logout()}>
          {t("shell:menu.signOut")}
        </Button>
      </AuthCard>
    </AuthFrame>
  );
}
