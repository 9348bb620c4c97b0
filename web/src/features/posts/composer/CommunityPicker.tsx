import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useQuery } from "@/graphql";
import type { CommunityChoiceFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, Combobox, CommunityMark, Icon } from "@/ui";
import { CommunityChoice, CommunityChoiceQuery, WritableCommunitiesQuery } from "../queries";
import styles from "./Composer.module.css";

type Props = {
  communityId: string | null;
  onChange: (community: CommunityChoiceFragment | null) => void;
  /** Left out of the choice: where something is already. */
  exceptId?: string;
  error?: string | null;
};

/** Where to write: only communities in which one may. */
export function CommunityPicker({ communityId, onChange, exceptId, error }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const chosen = useCommunity(communityId);
  const [{ data, fetching }] = useQuery({
    query: WritableCommunitiesQuery,
    variables: { query: query || null, scope: query ? "ALL" : "MINE" },
    pause: Boolean(communityId),
  });
  const choices = readFragment(CommunityChoice, data?.communities.nodes ?? []).filter(
    ({ id, viewerCan }) => viewerCan.post && id !== exceptId,
  );
  if (communityId) {
    return (
      <div className={styles.place}>
        <span className={styles.placeLabel}>{t("composer.in")}</span>
        {chosen && <CommunityMark name={chosen.name} color={chosen.coverColor} size="xs" />}
        <strong>{chosen?.name ?? "…"}</strong>
        {chosen && chosen.visibility !== "PUBLIC" && (
          <span className={styles.placeHint}>
            <Icon name="lock" size={14} />
            {t(`composer.visibility.${chosen.visibility}`)}
          </span>
        )}
        <Button size="s" variant="quiet" onPress={() => onChange(null)}>
          {t("composer.change")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.pick}>
      <Combobox
        label={t("composer.community")}
        placeholder={t("composer.communityPlaceholder")}
        icon="communities"
        error={error}
        inputValue={text}
        onInputChange={setText}
        items={choices}
        isLoading={fetching}
        textOf={({ name }) => name}
        onSelect={(community) => {
          setText("");
          onChange(community);
        }}
        renderItem={(community) => (
          <>
            <CommunityMark name={community.name} color={community.coverColor} size="s" />
            {community.name}
          </>
        )}
      />
      {!query && choices.length > 0 && (
        <ul className={styles.quick} aria-label={t("composer.mine")}>
          {choices.slice(0, 6).map((community) => (
            <li key={community.id}>
              <button
                type="button"
                className={styles.quickPlace}
                onClick={() => onChange(community)}
              >
                <CommunityMark name={community.name} color={community.coverColor} size="xs" />
                {community.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {!query && !fetching && data && choices.length === 0 && (
        <p className={styles.hint}>{t("composer.noCommunity")}</p>
      )}
    </div>
  );
}

/** What is known of a chosen community. */
export function useCommunity(id: string | null): CommunityChoiceFragment | null {
  const [{ data }] = useQuery({
    query: CommunityChoiceQuery,
    variables: { id: id ?? "" },
    pause: !id,
    requestPolicy: "cache-first",
  });
  const community = readFragment(CommunityChoice, data?.community);
  return id && community?.id === id ? community : null;
}
