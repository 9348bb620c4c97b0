/**
 * The page to try queries in, with the session of this browser. A bundle of its own: nobody who does
 * not open it loads any of it.
 */
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";
import { session } from "@/app/session";
import "./explorer.css";

type Parameters = { query: string; operationName?: string | null; variables?: unknown };

async function ask(parameters: Parameters) {
  const token = await session.accessToken();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

async function start() {
  const { status } = await session.start();
  if (status === "anonymous") {
    window.location.assign("/login");
    return;
  }
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<GraphiQL fetcher={ask} shouldPersistHeaders={false} />);
}

void start();
