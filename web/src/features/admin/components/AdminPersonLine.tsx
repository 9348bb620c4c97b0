import { useState } from "react";
import { useViewer } from "@/app/viewer";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction } from "@/graphql";
import type { AdminPersonPartsFragment, OrganisationRole } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  ConfirmDialog,
  IconButton,
  Menu,
  MenuChoice,
  MenuItem,
  MenuSeparator,
  showToast,
} from "@/ui";
import {
  PersonResetPasswordMutation,
  PersonSetActiveMutation,
  PersonSetRoleMutation,
} from "../queries";
import type { Credentials } from "./OneTimePassword";

type Props = {
  person: AdminPersonPartsFragment;
  onCredentials: (credentials: Credentials) => void;
};

const roles = ["MEMBER", "NETWORK_ADMIN"] as const satisfies readonly OrganisationRole[];

/** One account, and what administration may do with it. */
export function AdminPersonLine({ person, onCredentials }: Props) {
  const { t } = useTranslation(["admin", "common"]);
  const { formatDate } = useFormat();
  const viewer = useViewer();
  const setActive = useAction(PersonSetActiveMutation, (answer) => answer.personSetActive);
  const setRole = useAction(PersonSetRoleMutation, (answer) => answer.personSetRole);
  const reset = useAction(PersonResetPasswordMutation, (answer) => answer.personResetPassword);
  const [isAsking, setAsking] = useState(false);
  const who = readFragment(PersonParts, person);
  const { name, handle, isDeactivated } = who;
  const personId = person.id;
  const isMe = viewer.person.id === personId;

  async function activate(active: boolean) {
    const { payload } = await setActive.run({ input: { personId, active } });
    if (!payload) return;
    showToast(t(active ? "people.reactivated" : "people.deactivatedNow", { name }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void setActive.run({ input: { personId, active: !active } }),
      },
    });
  }

  async function changeRole(role: OrganisationRole) {
    const before = person.role;
    const { payload } = await setRole.run({ input: { personId, role } });
    if (!payload) return;
    showToast(t("people.roleChanged", { name, role: t(`common:role.${role}`) }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void setRole.run({ input: { personId, role: before } }),
      },
    });
  }

  async function resetPassword() {
    const { payload } = await reset.run({ input: { personId } });
    setAsking(false);
    if (payload?.oneTimePassword) {
      onCredentials({ name, handle, password: payload.oneTimePassword });
    }
  }

  return (
    <>
      <PersonLine
        person={who}
        detail={[
          `@${handle}`,
          person.email,
          person.lastActiveAt &&
            t("people.lastActive", { when: formatDate(person.lastActiveAt, "date") }),
        ]
          .filter(Boolean)
          .join(" · ")}
        marks={
          person.role === "NETWORK_ADMIN" && (
            <Badge tone="info" icon="shield">
              {t("common:role.NETWORK_ADMIN")}
            </Badge>
          )
        }
        actions={
          !isMe && (
            <Menu
              label={t("people.menu", { name })}
              trigger={<IconButton icon="more" label={t("people.menu", { name })} />}
            >
              <MenuChoice<OrganisationRole>
                title={t("people.role")}
                value={person.role}
                onChange={(role) => void changeRole(role)}
                options={roles.map((value) => ({ value, label: t(`common:role.${value}`) }))}
              />
              <MenuSeparator />
              <MenuItem icon="key" onAction={() => setAsking(true)}>
                {t("people.reset")}
              </MenuItem>
              <MenuItem
                icon={isDeactivated ? "unlock" : "lock"}
                isDanger={!isDeactivated}
                hint={isDeactivated ? undefined : t("people.deactivateHint")}
                onAction={() => void activate(isDeactivated)}
              >
                {t(isDeactivated ? "people.reactivate" : "people.deactivate")}
              </MenuItem>
            </Menu>
          )
        }
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void resetPassword()}
        title={t("people.resetTitle", { name })}
        text={t("people.resetText", { name })}
        confirmLabel={t("people.reset")}
        isPending={reset.isPending}
      />
    </>
  );
}
