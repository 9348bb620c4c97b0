import { type ReactNode, useMemo, useState } from "react";
import { type FragmentType, readFragment, useErrorText, useQuery } from "@/graphql";
import type { RevisionPageFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Avatar, cx, Dialog, ErrorState, SkeletonList, Switch, VisuallyHidden } from "@/ui";
import { PostPerson } from "../fragments";
import { PostRevisionsQuery, ReplyRevisionsQuery, RevisionPage } from "../queries";
import styles from "./Dialogs.module.css";
import { wordDiff } from "./wordDiff";

type Props = { subject: "post" | "reply"; id: string; onClose: () => void };
type Revision = RevisionPageFragment["nodes"][number];

/** So many versions are asked for; nobody edits a post more often. */
const wanted = 50;

/** All versions of a text, and what changed from one to the next. */
export function HistoryDialog({ subject, id, onClose }: Props) {
  const { t } = useTranslation("posts");
  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} title={t("history.title")} size="l">
      {subject === "post" ? <PostHistory id={id} /> : <ReplyHistory id={id} />}
    </Dialog>
  );
}

function PostHistory({ id }: { id: string }) {
  const [{ data, error }, retry] = useQuery({
    query: PostRevisionsQuery,
    variables: { id, first: wanted },
  });
  return <Shown page={data?.post?.revisions} error={error} onRetry={retry} />;
}

function ReplyHistory({ id }: { id: string }) {
  const [{ data, error }, retry] = useQuery({
    query: ReplyRevisionsQuery,
    variables: { id, first: wanted },
  });
  return <Shown page={data?.reply?.revisions} error={error} onRetry={retry} />;
}

function Shown({
  page,
  error,
  onRetry,
}: {
  page: FragmentType<typeof RevisionPage> | undefined;
  error: Parameters<ReturnType<typeof useErrorText>["stateOf"]>[0] | undefined;
  onRetry: () => void;
}) {
  const { stateOf } = useErrorText();
  const revisions = readFragment(RevisionPage, page)?.nodes;
  if (error && !revisions) return <ErrorState {...stateOf(error)} onRetry={onRetry} isCompact />;
  if (!revisions) return <SkeletonList count={3} />;
  return <Versions revisions={revisions} />;
}

function Versions({ revisions }: { revisions: readonly Revision[] }) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const [showsChanges, setShowsChanges] = useState(true);
  const ordered = useMemo(() => [...revisions].sort((a, b) => b.number - a.number), [revisions]);
  return (
    <div className={styles.form}>
      <Switch isSelected={showsChanges} onChange={setShowsChanges}>
        {t("history.showChanges")}
      </Switch>
      <ol className={styles.versions}>
        {ordered.map((revision, index) => {
          const editor = readFragment(PostPerson, revision.editor);
          const before = ordered[index + 1];
          return (
            <li key={revision.number} className={styles.version}>
              <div className={styles.versionHead}>
                <Avatar
                  name={editor.name}
                  color={editor.avatarColor}
                  url={editor.avatarUrl}
                  size="xs"
                />
                <strong>
                  {index === 0
                    ? t("history.current")
                    : before
                      ? t("history.version", { number: revision.number })
                      : t("history.first")}
                </strong>
                <span className={styles.hint}>
                  {t("history.by", { name: editor.name, time: formatDate(revision.createdAt) })}
                </span>
              </div>
              {showsChanges && before ? (
                <>
                  {(revision.title || before.title) && (
                    <p className={cx(styles.diff, styles.diffTitle)}>
                      <Diff before={before.title} after={revision.title} />
                    </p>
                  )}
                  <p className={styles.diff}>
                    <Diff before={before.bodySource} after={revision.bodySource} />
                  </p>
                </>
              ) : (
                <>
                  {revision.title && (
                    <p className={cx(styles.diff, styles.diffTitle)}>{revision.title}</p>
                  )}
                  <p className={styles.diff}>{revision.bodySource}</p>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** What was taken away and what came in its place. */
function Diff({ before, after }: { before: string; after: string }): ReactNode {
  const { t } = useTranslation("posts");
  const parts = useMemo(() => wordDiff(before, after), [before, after]);
  return parts.map(({ kind, text }, index) => {
    const Mark = kind === "added" ? "ins" : kind === "removed" ? "del" : "span";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Mark key={index}>
        {kind !== "same" && <VisuallyHidden>{t(`history.${kind}`)} </VisuallyHidden>}
        {text}
      </Mark>
    );
  });
}
