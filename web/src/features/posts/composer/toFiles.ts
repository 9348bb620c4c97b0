import type { AttachmentPartsFragment } from "@/graphql/generated/graphql";
import type { AttachedFile } from "./draft";

/** Attachments of something published, as the editors hold them. */
export function toFiles(attachments: readonly AttachmentPartsFragment[]): AttachedFile[] {
  return attachments.map(({ id, fileName, kind, altText, thumbnailUrl }) => ({
    id,
    fileName,
    kind,
    altText,
    thumbnailUrl: thumbnailUrl ?? null,
  }));
}
