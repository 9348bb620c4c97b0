/**
 * Answers that are there before the client asks: public/early.js asked while the client was still on
 * its way, or the server put them into the page. Each is given out once, to the same question, and
 * only while it is fresh.
 */
declare global {
  interface Window {
    loggiaEarly?: Map<string, EarlyAnswer>;
  }
}

type Variables = Record<string, unknown>;
type EarlyAnswer = { variables: Variables; askedAt: number; response: Promise<Response> };

const freshMs = 10_000;

/** The early answer to a request's body, if there is one. */
export function takeEarly(body: unknown): Promise<Response> | undefined {
  const early = window.loggiaEarly;
  if (!early?.size || typeof body !== "string") return undefined;
  const { operationName, variables } = JSON.parse(body) as {
    operationName?: string;
    variables?: Variables;
  };
  const answer = early.get(operationName ?? "");
  if (!answer || same(answer.variables) !== same(variables)) return undefined;
  early.delete(operationName ?? "");
  return Date.now() - answer.askedAt < freshMs ? answer.response : undefined;
}

/** Takes up what the server put into the page, to be given out once `allowed` says for whom it is. */
export function offerAnswers(
  answers: Record<string, { variables: Variables; answer: unknown }>,
  allowed: Promise<void>,
) {
  const askedAt = Date.now();
  window.loggiaEarly = new Map(
    Object.entries(answers).map(([name, { variables, answer }]) => {
      const response = allowed.then(() => Response.json(answer));
      response.catch(() => undefined);
      return [name, { variables, askedAt, response }];
    }),
  );
}

/** Throws away what nobody took; it belongs to whoever was signed in. */
export function forgetEarly() {
  window.loggiaEarly = undefined;
}

function same(variables: Variables | undefined): string {
  const given = Object.entries(variables ?? {}).filter(([, value]) => value != null);
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
