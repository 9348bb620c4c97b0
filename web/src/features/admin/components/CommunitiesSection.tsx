import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { useDebounced } from "@/app/useDebounced";
import {
  CommunitiesQuery,
  CommunityCardParts,
  CommunityMarks,
  CommunitySetArchivedMutation,
  CommunitySetOfficialMutation,
  CommunityTransferOwnershipMutation,
} from "@/features/communities";
import { PersonPicker, type PickedPerson } from "@/features/people";
import {
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  usePagedQuery,
} from "@/graphql";
import type { CommunityCardPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Button,
  CommunityMark,
  Dialog,
  EmptyState,
  IconButton,
  Menu,
  MenuItem,
  showToast,
  TextField,
} from "@/ui";
import styles from "./Admin.module.css";

/** All communities there are, archived ones too. */
export function CommunitiesSection() {
  const { t } = useTranslation("admin");
  const { formatNumber } = useFormat();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const paged = usePagedQuery({
    query: CommunitiesQuery,
    variables: { scope: "ALL", query: query || null, includeArchived: true, first: 40 },
    connection: (data) => data.communities,
    keepsWhileSearching: true,
  });
  const { list } = paged;
  return (
    <>
      <div className={styles.tools}>
        <TextField
          label={t("communities.search")}
          hideLabel
          type="search"
          icon="search"
          placeholder={t("communities.search")}
          value={text}
          onChange={setText}
        />
      </div>
      <p className={styles.count} role="status">
        {list &&
          t("communities.count", {
            count: list.totalCount,
            number: formatNumber(list.totalCount),
          })}
      </p>
      <PagedList
        paged={paged}
        label={t("section.communities")}
        skeletons={8}
        className={styles.list}
        empty={
          <EmptyState
            icon="search"
            title={t("communities.none")}
            text={t("communities.noneText")}
          />
        }
      >
        {(nodes) =>
          readFragment(CommunityCardParts, nodes).map((community) => (
            <li key={community.id}>
              <CommunityLine community={community} />
            </li>
          ))
        }
      </PagedList>
    </>
  );
}

function CommunityLine({ community }: { community: CommunityCardPartsFragment }) {
  const { t } = useTranslation(["admin", "common"]);
  const { formatNumber } = useFormat();
  const official = useAction(CommunitySetOfficialMutation, (answer) => answer.communitySetOfficial);
  const archive = useAction(CommunitySetArchivedMutation, (answer) => answer.communitySetArchived);
  const [isTransferring, setTransferring] = useState(false);
  const { id: communityId, name, slug, coverColor, memberCount } = community;
  const { isOfficial, isArchived, isAllCompany } = community;

  async function setOfficial(next: boolean) {
    const { payload } = await official.run({ input: { communityId, official: next } });
    if (!payload) return;
    showToast(t(next ? "communities.officialNow" : "communities.unofficialNow", { name }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void official.run({ input: { communityId, official: !next } }),
      },
    });
  }

  async function setArchived(next: boolean) {
    const { payload } = await archive.run({ input: { communityId, archived: next } });
    if (!payload) return;
    showToast(t(next ? "communities.archivedNow" : "communities.unarchivedNow", { name }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void archive.run({ input: { communityId, archived: !next } }),
      },
    });
  }

  return (
    <div className={styles.community}>
      <CommunityMark name={name} color={coverColor} />
      <div className={styles.communityText}>
        <div className={styles.communityName}>
          <Link to="/communities/$slug" params={{ slug }} className={styles.name}>
            {name}
          </Link>
          <CommunityMarks community={community} />
        </div>
        <p className={styles.meta}>
          {t("communities.members", { count: memberCount, number: formatNumber(memberCount) })}
        </p>
      </div>
      <Menu
        label={t("communities.menu", { name })}
        trigger={<IconButton icon="more" label={t("communities.menu", { name })} />}
      >
        <MenuItem icon="official" onAction={() => void setOfficial(!isOfficial)}>
          {t(isOfficial ? "communities.unofficial" : "communities.official")}
        </MenuItem>
        <MenuItem icon="key" onAction={() => setTransferring(true)}>
          {t("communities.transfer")}
        </MenuItem>
        {!isAllCompany && (
          <MenuItem icon="archive" onAction={() => void setArchived(!isArchived)}>
            {t(isArchived ? "communities.unarchive" : "communities.archive")}
          </MenuItem>
        )}
      </Menu>
      {isTransferring && (
        <Transfer communityId={communityId} name={name} onClose={() => setTransferring(false)} />
      )}
    </div>
  );
}

function Transfer({
  communityId,
  name,
  onClose,
}: {
  communityId: string;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["admin", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    CommunityTransferOwnershipMutation,
    (answer) => answer.communityTransferOwnership,
    { showsUserErrors: true },
  );
  const [chosen, setChosen] = useState<readonly PickedPerson[]>([]);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [person] = chosen;
  const [first] = errors;

  async function transfer() {
    if (!person) return;
    const { payload, userErrors } = await run({ input: { communityId, personId: person.id } });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("communities.transferred", { name: person.name, community: name }), {
      tone: "success",
    });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("communities.transferTitle", { name })}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!person}
            onPress={() => void transfer()}
          >
            {t("communities.transfer")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.meta}>{t("communities.transferText")}</p>
        {first && <p role="alert">{textOfUserError(first)}</p>}
        <PersonPicker
          label={t("communities.newOwner")}
          chosen={chosen}
          onChange={(next) => {
            setErrors([]);
            setChosen(next);
          }}
          max={1}
          autoFocus
        />
      </div>
    </Dialog>
  );
}
