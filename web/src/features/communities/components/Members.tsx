import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { useDebounced } from "@/app/useDebounced";
import { useViewer } from "@/app/viewer";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction, usePagedQuery } from "@/graphql";
import type {
  CommunityRole,
  CommunityMembersQuery as Data,
  PersonPartsFragment,
} from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  ConfirmDialog,
  EmptyState,
  IconButton,
  Menu,
  MenuChoice,
  MenuItem,
  MenuSeparator,
  Select,
  showToast,
  TextField,
} from "@/ui";
import {
  CommunityTransferOwnershipMutation,
  MemberRemoveMutation,
  MemberSetRoleMutation,
} from "../mutations";
import type { CommunityProps } from "../pages/CommunityPage";
import { MembersQuery } from "../queries";
import styles from "./Community.module.css";

const roles = ["MEMBER", "MODERATOR", "OWNER"] as const satisfies readonly CommunityRole[];

type Member = Data["communityMembers"]["nodes"][number];

/** Who is in the community, and for those who may: who does what. */
export function Members({ community, card }: CommunityProps) {
  const { t } = useTranslation("communities");
  const { formatNumber } = useFormat();
  const [text, setText] = useState("");
  const [role, setRole] = useState<CommunityRole | "ANY">("ANY");
  const query = useDebounced(text.trim());
  const paged = usePagedQuery({
    query: MembersQuery,
    variables: {
      communityId: community.id,
      query: query || null,
      role: role === "ANY" ? null : role,
      first: 40,
    },
    connection: (data) => data.communityMembers,
    keepsWhileSearching: true,
  });
  const { list } = paged;
  return (
    <>
      <div className={styles.tools}>
        <TextField
          label={t("members.search")}
          hideLabel
          type="search"
          icon="search"
          placeholder={t("members.search")}
          value={text}
          onChange={setText}
        />
        <Select<CommunityRole | "ANY">
          label={t("members.role")}
          hideLabel
          value={role}
          onChange={setRole}
          options={[
            { value: "ANY", label: t("members.anyRole") },
            ...roles.map((value) => ({ value, label: t(`rolePlural.${value}`) })),
          ]}
        />
      </div>
      <PagedList
        paged={paged}
        label={t("members.count", {
          count: list?.totalCount ?? 0,
          number: formatNumber(list?.totalCount ?? 0),
        })}
        skeletons={6}
        className={styles.list}
        empty={<EmptyState icon="people" title={t("members.none")} text={t("members.noneText")} />}
      >
        {(nodes) =>
          nodes.map((member) => {
            const person = readFragment(PersonParts, member.person);
            return (
              <li key={member.id}>
                <PersonLine
                  person={person}
                  marks={
                    member.role !== "MEMBER" && (
                      <Badge tone={member.role === "OWNER" ? "accent" : "info"}>
                        {t(`role.${member.role}`)}
                      </Badge>
                    )
                  }
                  actions={
                    <MemberMenu community={community} card={card} member={member} person={person} />
                  }
                />
              </li>
            );
          })
        }
      </PagedList>
    </>
  );
}

/** What the viewer may do with one member; nothing where that is nothing. */
function MemberMenu({
  community,
  card,
  member,
  person,
}: CommunityProps & { member: Member; person: PersonPartsFragment }) {
  const { t } = useTranslation(["communities", "common"]);
  const viewer = useViewer();
  const setRole = useAction(MemberSetRoleMutation, (answer) => answer.memberSetRole);
  const remove = useAction(MemberRemoveMutation, (answer) => answer.memberRemove);
  const transfer = useAction(
    CommunityTransferOwnershipMutation,
    (answer) => answer.communityTransferOwnership,
  );
  const [asks, setAsks] = useState<"remove" | "transfer" | null>(null);
  const input = { communityId: community.id, personId: person.id };
  const { name } = person;
  const isMe = viewer.person.id === person.id;
  const canTransfer = community.viewerCan.transferOwnership && !isMe && member.role !== "OWNER";
  const transferText =
    card.viewerMembership?.role === "OWNER"
      ? ("members.transferText" as const)
      : ("members.transferTextAdmin" as const);
  const canRemove = member.viewerCanRemove && !isMe;
  if (!member.viewerCanSetRole && !canRemove && !canTransfer) return null;

  async function change(role: CommunityRole) {
    const before = member.role;
    const { payload } = await setRole.run({ input: { ...input, role } });
    if (!payload) return;
    showToast(t("members.roleChanged", { name, role: t(`role.${role}`) }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void setRole.run({ input: { ...input, role: before } }),
      },
    });
  }

  async function confirm() {
    const { payload } =
      asks === "remove" ? await remove.run({ input }) : await transfer.run({ input });
    if (payload) {
      const done = asks === "remove" ? "members.removed" : "members.transferred";
      showToast(t(done, { name }), { tone: "success" });
    }
    setAsks(null);
  }

  return (
    <>
      <Menu
        label={t("members.menu", { name })}
        trigger={<IconButton icon="more" label={t("members.menu", { name })} />}
      >
        {member.viewerCanSetRole && (
          <MenuChoice<CommunityRole>
            title={t("members.role")}
            value={member.role}
            onChange={(role) => void change(role)}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
        )}
        {member.viewerCanSetRole && (canTransfer || canRemove) && <MenuSeparator />}
        {canTransfer && (
          <MenuItem icon="key" onAction={() => setAsks("transfer")}>
            {t("members.transfer")}
          </MenuItem>
        )}
        {canRemove && (
          <MenuItem icon="trash" isDanger onAction={() => setAsks("remove")}>
            {t("members.remove")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        isOpen={asks !== null}
        onClose={() => setAsks(null)}
        onConfirm={() => void confirm()}
        title={t(asks === "transfer" ? "members.transferTitle" : "members.removeTitle", { name })}
        text={t(asks === "transfer" ? transferText : "members.removeText", {
          name,
          community: card.name,
        })}
        confirmLabel={t(asks === "transfer" ? "members.transfer" : "members.remove")}
        isDanger={asks === "remove"}
        isPending={remove.isPending || transfer.isPending}
      />
    </>
  );
}
