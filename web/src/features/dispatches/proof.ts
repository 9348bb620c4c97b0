import { session } from "@/app/session";

/** Asks for an export as the person who is signed in; null when it may not be seen. */
async function fetchExport(dispatchId: string, form: "json" | "csv"): Promise<Response | null> {
  const ask = async (token: string) =>
    fetch(`/exports/dispatches/${dispatchId}.${form}`, {
      headers: { Authorization: `Bearer ${token}`, "X-Loggia": "1" },
    });
  const token = await session.accessToken();
  let answer = await ask(token);
  if (answer.status === 401) answer = await ask(await session.refresh(token));
  if (answer.status === 404 || answer.status === 403) return null;
  if (!answer.ok) throw new Error(`export answered ${answer.status}`);
  return answer;
}

/** Hands the file over to the browser, to be kept. */
export async function downloadProof(dispatchId: string, form: "json" | "csv") {
  const answer = await fetchExport(dispatchId, form);
  if (!answer) return;
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `proof-${dispatchId}.${form}`;
  link.click();
  URL.revokeObjectURL(address);
}
