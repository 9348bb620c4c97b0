import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAction } from "@/graphql";
import type { NotificationLevel } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, ConfirmDialog, Menu, MenuChoice, MenuItem, MenuSeparator, showToast } from "@/ui";
import {
  CommunityJoinMutation,
  CommunityLeaveMutation,
  CommunitySetMutedMutation,
  CommunitySetNotificationLevelMutation,
} from "../mutations";
import type { CommunityProps } from "../pages/CommunityPage";

const levels = ["ALL", "ANNOUNCEMENTS", "MENTIONS", "NONE"] as const;

/** What a member decides for themselves: what to hear of, silence, leaving. */
export function MembershipMenu({ community, card }: CommunityProps) {
  const { t } = useTranslation(["communities", "common"]);
  const navigate = useNavigate();
  const level = useAction(
    CommunitySetNotificationLevelMutation,
    (answer) => answer.communitySetNotificationLevel,
  );
  const mute = useAction(CommunitySetMutedMutation, (answer) => answer.communitySetMuted);
  const leave = useAction(CommunityLeaveMutation, (answer) => answer.communityLeave);
  const join = useAction(CommunityJoinMutation, (answer) => answer.communityJoin);
  const [isAsking, setAsking] = useState(false);
  const membership = card.viewerMembership;
  if (!membership) return null;
  const communityId = community.id;
  const comesBackFreely = card.joining === "OPEN" && membership.role === "MEMBER";

  async function goAway() {
    const { payload } = await leave.run({ input: { communityId } });
    setAsking(false);
    if (!payload) return;
    showToast(t("left", { name: card.name }), {
      action: comesBackFreely
        ? {
            label: t("common:action.undo"),
            onAction: () => void join.run({ input: { communityId, message: null } }),
          }
        : undefined,
    });
    if (!payload.community) void navigate({ to: "/communities" });
  }

  async function setMuted(muted: boolean) {
    const { payload } = await mute.run({ input: { communityId, muted } });
    if (!payload) return;
    showToast(t(muted ? "mutedNow" : "unmutedNow", { name: card.name }), {
      action: muted
        ? {
            label: t("common:action.undo"),
            onAction: () => void mute.run({ input: { communityId, muted: false } }),
          }
        : undefined,
    });
  }

  return (
    <>
      <Menu
        label={t("membership.menu")}
        trigger={
          <Button icon={membership.isMuted ? "bell-off" : "check"} variant="soft">
            {t(`role.${membership.role}`)}
          </Button>
        }
      >
        <MenuChoice<NotificationLevel>
          title={t("membership.level")}
          value={membership.notificationLevel}
          onChange={(next) => void level.run({ input: { communityId, level: next } })}
          options={levels.map((value) => ({
            value,
            label: t(`common:notificationLevel.${value}`),
          }))}
        />
        <MenuSeparator />
        <MenuItem
          icon={membership.isMuted ? "unmute" : "mute"}
          hint={t(membership.isMuted ? "membership.unmuteHint" : "membership.muteHint")}
          onAction={() => void setMuted(!membership.isMuted)}
        >
          {t(membership.isMuted ? "membership.unmute" : "membership.mute")}
        </MenuItem>
        {community.viewerCan.leave && (
          <MenuItem
            icon="logout"
            isDanger
            onAction={() => (comesBackFreely ? void goAway() : setAsking(true))}
          >
            {t("membership.leave")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void goAway()}
        title={t("membership.leaveTitle", { name: card.name })}
        text={t(
          membership.role === "MEMBER" || card.joining !== "OPEN"
            ? "membership.leaveText"
            : "membership.leaveRoleText",
        )}
        confirmLabel={t("membership.leave")}
        isDanger
        isPending={leave.isPending}
      />
    </>
  );
}
