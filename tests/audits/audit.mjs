#!/usr/bin/env node
// Holds the running server to what others have written down: GraphQL over HTTP (the audits of graphql-http) and
// graphql-transport-ws (the close codes of graphql-ws). Starts its own server with a throw-away data folder.
// LOGGIA_BIN names the binary; by default the debug build.

import { auditServer } from "graphql-http";
import { startServer } from "./lib/server.mjs";
import { socketChecks, stopCheck } from "./lib/sockets.mjs";

/** How many audits the pinned release has; fewer means that some were not run. */
const AUDITS = 61;
const results = [];
const server = await startServer();
try {
  await run("GraphQL over HTTP", async () => {
    const audits = await auditServer({ url: `${server.url}/graphql` });
    for (const { id, name, status, reason } of audits) {
      results.push({ name: `${id} ${name}`, failure: status === "ok" ? null : `${status}: ${reason}` });
    }
    if (audits.length < AUDITS) throw new Error(`graphql-http ran ${audits.length} audits of ${AUDITS}`);
  });
  const token = await server.signUp();
  for (const [name, check] of [...socketChecks(server, token), ...stopCheck(server, token)]) await run(name, check, true);
} finally {
  await server.stop();
}

const failed = results.filter(({ failure }) => failure !== null);
for (const { name, failure } of failed) console.error(`FAILED ${name}\n    ${failure}`);
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);

/** Runs one check; its failure is a result like any other. */
async function run(name, check, isOne = false) {
  try {
    await check();
    if (isOne) results.push({ name, failure: null });
  } catch (error) {
    results.push({ name, failure: error instanceof Error ? error.message : String(error) });
  }
}
