import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, CommunityMark, Icon, Palette, type PaletteSection } from "@/ui";
import { useDebounced } from "../useDebounced";
import { useViewer } from "../viewer";
import { navEntries } from "./nav";
import { QuickSwitchQuery } from "./quickSwitcherQueries";

/** Type a few letters, press Enter, be there: people, communities, pages. */
export function QuickSwitcher({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["common", "shell"]);
  const navigate = useNavigate();
  const viewer = useViewer();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, fetching, stale }] = useQuery({
    query: QuickSwitchQuery,
    variables: { query },
    pause: query.length === 0,
  });
  const found = query && text.trim() ? data : undefined;
  const wanted = text.trim().toLocaleLowerCase();
  const sections: PaletteSection[] = [
    {
      title: t("search.communities"),
      items: (found?.communities.nodes ?? []).map(({ id, slug, name, coverColor }) => ({
        id,
        text: name,
        picture: <CommunityMark name={name} color={coverColor} size="s" />,
        onAction: () => void navigate({ to: "/communities/$slug", params: { slug } }),
      })),
    },
    {
      title: t("search.people"),
      items: (found?.people.nodes ?? []).map(
        ({ id, handle, name, title, avatarUrl, avatarColor }) => ({
          id,
          text: name,
          hint: title,
          picture: <Avatar name={name} color={avatarColor} url={avatarUrl} size="s" />,
          onAction: () => void navigate({ to: "/people/$handle", params: { handle } }),
        }),
      ),
    },
    {
      title: t("search.pages"),
      items: navEntries
        .filter((entry) => entry.isVisible?.(viewer) ?? true)
        .map((entry) => ({ ...entry, name: t(`shell:${entry.text}`) }))
        .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
        .map(({ to, icon, name }) => ({
          id: to,
          text: name,
          picture: <Icon name={icon} />,
          onAction: () => void navigate({ to }),
        })),
    },
  ];
  return (
    <Palette
      label={t("search.quick")}
      placeholder={t("search.quickPlaceholder")}
      inputValue={text}
      onInputChange={setText}
      sections={sections}
      empty={fetching || stale ? t("state.loading") : t("state.noResults")}
      onClose={onClose}
    />
  );
}
