/** Sends one file to the server; the id in the answer is what mutations take as an attachment. */
import { session } from "./session";

export type Uploaded = { id: string };

/** A refusal with the server's code, for `userErrorText`. */
export class UploadError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "UploadError";
    this.code = code;
  }
}

export type UploadOptions = {
  /** From 0 to 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
  /** What a picture shows, for those who cannot see it. */
  altText?: string;
};

/** Uploads a file as it is; the server looks at its content, not at its name. */
export async function uploadFile(file: File, options: UploadOptions = {}): Promise<Uploaded> {
  const token = await session.accessToken();
  const first = await send(file, token, options);
  if (first.status !== 401) return read(first);
  return read(await send(file, await session.refresh(token), options));
}

type Answer = { status: number; text: string };

/** XMLHttpRequest, because fetch does not tell how much has been sent. */
function send(
  file: File,
  token: string,
  { onProgress, signal, altText }: UploadOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const about = new URLSearchParams({ fileName: file.name, ...(altText && { altText }) });
    request.open("POST", `/media?${about}`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("X-Loggia", "1");
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new UploadError("NETWORK", "The connection was lost"));
    request.onabort = () => reject(new DOMException("The upload was stopped", "AbortError"));
    if (signal?.aborted) return reject(new DOMException("The upload was stopped", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function read({ status, text }: Answer): Uploaded {
  let body: { id?: unknown; error?: { code?: string; message?: string } } = {};
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    body = {};
  }
  if (status < 300 && typeof body.id === "string") return { id: body.id };
  const code = body.error?.code ?? (status === 413 ? "FILE_TOO_LARGE" : "UNAVAILABLE");
  throw new UploadError(code, body.error?.message ?? `HTTP ${status}`);
}
