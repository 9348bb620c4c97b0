import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useViewer } from "@/app/viewer";
import { readFragment, useClient } from "@/graphql";
import type { DraftSaveInput } from "@/graphql/generated/graphql";
import { DraftSaveMutation } from "../mutations";
import { outbox } from "../outbox";
import { DraftParts, DraftQuery, DraftsQuery } from "../queries";
import { clientIdOf, type DraftContent, emptyContent, fromServer, newDraftId } from "./draft";
import { createDraftSaver, type DraftSaver, type SaveResult } from "./draftSaver";
import { localDrafts } from "./localDrafts";

type Client = ReturnType<typeof useClient>;

export type DraftStart = {
  /** Goes on with this one. */
  draftId?: string;
  replyToPostId?: string | null;
  /** Starts anew with this, whatever was written before. */
  fresh?: Partial<DraftContent>;
};

/** Finds the draft to write in (named, left behind here, or new) and keeps it safe. */
export function useDraft(start: DraftStart) {
  const client = useClient();
  const personId = useViewer().person.id;
  const first = useRef(start);
  const [saver, setSaver] = useState<DraftSaver | null>(null);
  const [isContinued, setContinued] = useState(false);
  useEffect(() => {
    let isOver = false;
    let made: DraftSaver | null = null;
    void open(client, personId, first.current).then((found) => {
      if (isOver) return;
      made = found.saver;
      setSaver(made);
      setContinued(found.isContinued);
    });
    const retry = () => void made?.flush();
    window.addEventListener("online", retry);
    window.addEventListener("pagehide", retry);
    return () => {
      isOver = true;
      window.removeEventListener("online", retry);
      window.removeEventListener("pagehide", retry);
      void made?.flush();
    };
  }, [client, personId]);
  return { saver, isContinued };
}

async function open(
  client: Client,
  personId: string,
  { draftId, replyToPostId = null, fresh }: DraftStart,
): Promise<{ saver: DraftSaver; isContinued: boolean }> {
  const local = localDrafts(personId);
  const save = (input: DraftSaveInput) => send(client, input);
  const make = (id: string, version: number, content: DraftContent) =>
    createDraftSaver({ id, version, content, save, local });
  const brandNew = () => ({
    saver: make(newDraftId(), 0, emptyContent({ replyToPostId, ...fresh })),
    isContinued: false,
  });
  if (fresh) return brandNew();
  const isSent = (id: string) => outbox.has(clientIdOf(id));
  const current = local.current(replyToPostId);
  const wanted = draftId ?? (current && !isSent(current) ? current : null);
  if (wanted) {
    const copy = local.get(wanted);
    if (copy) {
      const saver = make(copy.id, copy.version, copy.content);
      // It was never saved; the first thing to do is to make good for that.
      saver.change({});
      return { saver, isContinued: true };
    }
    const { data } = await client
      .query(DraftQuery, { id: wanted }, { requestPolicy: "network-only" })
      .toPromise();
    const draft = readFragment(DraftParts, data?.draft);
    if (draft) {
      return { saver: make(draft.id, draft.version, fromServer(draft)), isContinued: true };
    }
  } else if (replyToPostId) {
    const { data } = await client
      .query(DraftsQuery, {}, { requestPolicy: "cache-first" })
      .toPromise();
    const draft = readFragment(DraftParts, data?.drafts ?? []).find(
      (each) => each.replyToPostId === replyToPostId && !isSent(each.id),
    );
    if (draft) {
      return { saver: make(draft.id, draft.version, fromServer(draft)), isContinued: true };
    }
  }
  return brandNew();
}

async function send(client: Client, input: DraftSaveInput): Promise<SaveResult | null> {
  const { data } = await client.mutation(DraftSaveMutation, { input }).toPromise();
  const draft = readFragment(DraftParts, data?.draftSave.draft);
  if (!draft) return null;
  const conflict = readFragment(DraftParts, data?.draftSave.conflict);
  return { id: draft.id, version: draft.version, conflictId: conflict?.id ?? null };
}

/** What the saver holds now. */
export function useDraftState(saver: DraftSaver) {
  return useSyncExternalStore(saver.subscribe, saver.get);
}

/** The copies on this device. */
export function useLocalDrafts() {
  const personId = useViewer().person.id;
  return useMemo(() => localDrafts(personId), [personId]);
}
