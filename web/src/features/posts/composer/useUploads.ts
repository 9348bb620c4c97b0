import { useCallback, useEffect, useRef, useState } from "react";
import { UploadError, uploadFile } from "@/app/upload";
import { readFragment, useClient } from "@/graphql";
import { useTranslation } from "@/i18n";
import { showToast } from "@/ui";
import { AttachmentParts } from "../fragments";
import { AttachmentQuery } from "../queries";
import type { AttachedFile } from "./draft";

/** As many as one post takes. */
export const maxAttachments = 10;

export type PendingUpload = {
  key: number;
  fileName: string;
  /** 0 to 1. */
  part: number;
  error: { code: string; message: string } | null;
};

type Options = {
  /** How many are attached. */
  count: number;
  /** Changes the list as it stands at that moment; several uploads may end at once. */
  update: (change: (list: readonly AttachedFile[]) => AttachedFile[]) => void;
};

/** Sends files and turns them into attachments of what is being written. */
export function useUploads({ count, update }: Options) {
  const { t } = useTranslation(["posts", "common"]);
  const client = useClient();
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const latest = useRef({ count, update });
  useEffect(() => {
    latest.current = { count, update };
  });
  const running = useRef(new Map<number, { stop: AbortController; file: File }>());
  const files = useRef(new Map<string, File>());
  const nextKey = useRef(1);

  useEffect(() => {
    const uploads = running.current;
    return () => {
      for (const { stop } of uploads.values()) stop.abort();
    };
  }, []);

  const patch = useCallback((key: number, change: Partial<PendingUpload>) => {
    setPending((list) =>
      list.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)),
    );
  }, []);
  const drop = useCallback((key: number) => {
    running.current.get(key)?.stop.abort();
    running.current.delete(key);
    setPending((list) => list.filter((upload) => upload.key !== key));
  }, []);

  const describe = useCallback(
    async (id: string, file: File): Promise<AttachedFile> => {
      const { data } = await client.query(AttachmentQuery, { id }).toPromise();
      const node = data?.node?.__typename === "Attachment" ? data.node : null;
      const known = readFragment(AttachmentParts, node);
      files.current.set(id, file);
      return {
        id,
        fileName: known?.fileName ?? file.name,
        kind: known?.kind ?? kindOf(file),
        altText: known?.altText ?? "",
        thumbnailUrl: known?.thumbnailUrl ?? null,
      };
    },
    [client],
  );

  const start = useCallback(
    async (key: number, file: File) => {
      const stop = new AbortController();
      running.current.set(key, { stop, file });
      try {
        const { id } = await uploadFile(file, {
          onProgress: (part) => patch(key, { part }),
          signal: stop.signal,
        });
        const attached = await describe(id, file);
        if (stop.signal.aborted) return;
        drop(key);
        latest.current.update((list) => [...list, attached]);
      } catch (error) {
        if (stop.signal.aborted) return;
        const known = error instanceof UploadError ? error : null;
        patch(key, {
          error: {
            code: known?.code ?? "NETWORK",
            message: known?.message ?? "The connection was lost",
          },
        });
      }
    },
    [describe, drop, patch],
  );

  const add = useCallback(
    (chosen: readonly File[]) => {
      const room = maxAttachments - latest.current.count - running.current.size;
      if (chosen.length > room) showToast(t("attachments.tooMany", { count: maxAttachments }));
      for (const file of chosen.slice(0, Math.max(0, room))) {
        const key = nextKey.current++;
        setPending((list) => [...list, { key, fileName: file.name, part: 0, error: null }]);
        void start(key, file);
      }
    },
    [start, t],
  );

  const retry = useCallback(
    (key: number) => {
      const file = running.current.get(key)?.file;
      if (!file) return;
      patch(key, { error: null, part: 0 });
      void start(key, file);
    },
    [patch, start],
  );

  /** A description belongs to the upload, so the file is sent again with it. */
  const describeAs = useCallback(
    async (id: string, altText: string) => {
      const file = files.current.get(id);
      if (!file) return false;
      try {
        const sent = await uploadFile(file, { altText });
        const attached = await describe(sent.id, file);
        latest.current.update((list) =>
          list.map((each) => (each.id === id ? { ...attached, altText } : each)),
        );
        return true;
      } catch {
        showToast(t("common:error.NETWORK"), { tone: "danger" });
        return false;
      }
    },
    [describe, t],
  );

  return {
    pending,
    add,
    retry,
    drop,
    describeAs,
    canDescribe: (id: string) => files.current.has(id),
    isBusy: pending.some(({ error }) => !error),
  };
}

export type Uploads = ReturnType<typeof useUploads>;

function kindOf(file: File): AttachedFile["kind"] {
  if (file.type === "application/pdf") return "PDF";
  return file.type.startsWith("video/") ? "VIDEO" : "IMAGE";
}
