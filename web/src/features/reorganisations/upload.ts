/** Sends the staff department's files as they are: they may be larger than a GraphQL request. */
import { session } from "@/app/session";
import { UploadError } from "@/app/upload";

export type HrFiles = { people: File; orgUnits: File; assignments: File };

export type Fault = { file: string; line: number; reason: string };

/** What was tried out, or every line that is wrong. */
export type Rehearsed = { id: string | null; faults: readonly Fault[] };

/** Tries the files out; with a day, before and after are compared at its beginning. */
export async function rehearse(files: HrFiles, day: string): Promise<Rehearsed> {
  const token = await session.accessToken();
  const first = await send(files, day, token);
  const answer =
    first.status === 401 ? await send(files, day, await session.refresh(token)) : first;
  const body = (await answer.json().catch(() => ({}))) as Partial<Rehearsed> & {
    error?: { code?: string; message?: string };
  };
  if (answer.ok) return { id: body.id ?? null, faults: body.faults ?? [] };
  throw new UploadError(body.error?.code ?? "UNAVAILABLE", body.error?.message ?? "");
}

async function send(files: HrFiles, day: string, token: string): Promise<Response> {
  const form = new FormData();
  for (const [name, file] of Object.entries(files)) form.append(name, file);
  if (day) form.append("effectiveAt", new Date(`${day}T00:00:00`).toISOString());
  try {
    return await fetch("/reorganisations", {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "x-loggia": "1" },
      body: form,
    });
  } catch {
    throw new UploadError("NETWORK", "The connection was lost");
  }
}
