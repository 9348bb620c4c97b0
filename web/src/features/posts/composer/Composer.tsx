import { type ComposeRequest, composeStore } from "@/app/shell";
import type { PostKind } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Dialog, SkeletonBlock, SkeletonLine } from "@/ui";
import { postKinds } from "../components/kinds";
import { ComposerForm } from "./ComposerForm";
import type { DraftContent } from "./draft";
import { useDraft } from "./useDraft";

type Props = { request: ComposeRequest };

/** Writing a post, over whatever page one is on. */
export function Composer({ request }: Props) {
  const { t } = useTranslation("posts");
  const { saver, isContinued } = useDraft({
    draftId: request.draftId,
    fresh: freshStart(request),
  });
  if (!saver) {
    return (
      <Dialog isOpen onOpenChange={() => composeStore.close()} title={t("composer.title")} size="l">
        <SkeletonLine width={2} />
        <SkeletonBlock />
      </Dialog>
    );
  }
  return <ComposerForm saver={saver} isContinued={isContinued} />;
}

/** Whoever asks for a place or a kind wants a new post; otherwise one goes on where one was. */
function freshStart({ draftId, communityId, kind, text }: ComposeRequest) {
  if (draftId || (!communityId && !kind && !text)) return undefined;
  const fresh: Partial<DraftContent> = {};
  const known = postKinds.find((each): each is PostKind => each === kind);
  if (communityId) fresh.communityId = communityId;
  if (known) fresh.kind = known;
  if (text) fresh.body = text;
  return fresh;
}
