import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Banner, Button, Section, Switch, showToast, TextField } from "@/ui";
import {
  CommunitySetArchivedMutation,
  CommunitySetOfficialMutation,
  CommunityUpdateMutation,
} from "../mutations";
import type { CommunityProps } from "../pages/CommunityPage";
import { CommunityCardParts, CommunityParts } from "../queries";
import styles from "./Community.module.css";
import { type CommunityDraft, CommunityFields, communityFields } from "./CommunityFields";

/** Everything owners decide; the official mark for network administration. */
export function CommunitySettings({ community, card }: CommunityProps) {
  const { t } = useTranslation(["communities", "common"]);
  const { viewerCan } = community;
  const official = useAction(CommunitySetOfficialMutation, (answer) => answer.communitySetOfficial);
  return (
    <div className={styles.stack}>
      {viewerCan.edit && !card.isArchived && <SettingsForm community={community} card={card} />}
      {viewerCan.setOfficial && (
        <Section title={t("settings.officialTitle")}>
          <Switch
            isSelected={card.isOfficial}
            isDisabled={official.isPending}
            hint={t("settings.officialHint")}
            onChange={(isOn) =>
              void official.run({ input: { communityId: community.id, official: isOn } })
            }
          >
            {t("settings.official")}
          </Switch>
        </Section>
      )}
      {viewerCan.archive && !card.isAllCompany && <ArchiveSection card={card} />}
    </div>
  );
}

function ArchiveSection({ card }: Pick<CommunityProps, "card">) {
  const { t } = useTranslation(["communities", "common"]);
  const { run, isPending } = useAction(
    CommunitySetArchivedMutation,
    (answer) => answer.communitySetArchived,
  );
  const { isArchived, id: communityId, name } = card;
  async function change() {
    const { payload } = await run({ input: { communityId, archived: !isArchived } });
    if (!payload) return;
    showToast(t(isArchived ? "settings.unarchived" : "settings.archivedNow", { name }), {
      action: {
        label: t("common:action.undo"),
        onAction: () => void run({ input: { communityId, archived: isArchived } }),
      },
    });
  }
  return (
    <Section title={t("settings.archiveTitle")}>
      <div className={styles.row}>
        <p>{t(isArchived ? "settings.unarchiveText" : "settings.archiveText")}</p>
        <Button icon="archive" isPending={isPending} onPress={() => void change()}>
          {t(isArchived ? "settings.unarchive" : "settings.archive")}
        </Button>
      </div>
    </Section>
  );
}

const fieldNames = [...communityFields, "slug"] as const;

function SettingsForm({ community, card }: CommunityProps) {
  const { t } = useTranslation(["communities", "common"]);
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const { run, isPending } = useAction(
    CommunityUpdateMutation,
    (answer) => answer.communityUpdate,
    { showsUserErrors: true },
  );
  const [draft, setDraft] = useState<CommunityDraft>({
    name: card.name,
    description: community.description,
    visibility: card.visibility,
    joining: card.joining,
    posting: community.posting,
    topics: card.topics,
  });
  const [slug, setSlug] = useState(card.slug);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, fieldNames);
  const texts = Object.fromEntries(
    fieldNames.flatMap((field) => {
      const error = fields[field];
      return error ? [[field, textOfUserError(error)]] : [];
    }),
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { name, description, visibility, joining, posting, topics } = draft;
    const access = card.isAllCompany ? {} : { visibility, joining };
    const { payload, userErrors } = await run({
      input: {
        communityId: community.id,
        name,
        description,
        posting,
        topics: [...topics],
        slug: slug === card.slug ? null : slug,
        ...access,
      },
    });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("common:state.saved"), { tone: "success" });
    const changed = readFragment(CommunityParts, payload.community);
    const next = readFragment(CommunityCardParts, changed)?.slug;
    if (next && next !== card.slug) {
      void navigate({
        to: "/communities/$slug",
        params: { slug: next },
        search: { tab: "settings" },
        replace: true,
      });
    }
  }

  return (
    <Section title={t("tab.settings")}>
      <form className={styles.form} onSubmit={submit}>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        <CommunityFields
          draft={draft}
          onChange={setDraft}
          errors={texts}
          isAllCompany={card.isAllCompany}
        />
        <TextField
          label={t("field.slug")}
          hint={t("field.slugHint", { address: `/communities/${slug}` })}
          value={slug}
          onChange={setSlug}
          error={texts.slug}
        />
        <div>
          <Button
            type="submit"
            variant="primary"
            isPending={isPending}
            isDisabled={!draft.name.trim() || !slug.trim()}
          >
            {t("common:action.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
