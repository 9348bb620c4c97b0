import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createClient, fetchExchange, Provider } from "urql";
import { expect, it, vi } from "vitest";
import { ReportingLine } from "./ReportingLine";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ params, children }: { params: { handle: string }; children: string }) => (
    <a href={`/people/${params.handle}`}>{children}</a>
  ),
}));

const person = (name: string) => ({
  __typename: "Person",
  id: `person_${name}`,
  handle: name.toLowerCase(),
  name,
  title: "",
  location: "",
  avatarUrl: null,
  avatarColor: 1,
  presence: "OFFLINE",
  isDeactivated: false,
});

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

type Line = { managers?: string[]; reports?: string[]; peers?: string[] };

/** Shows the line of somebody; the server gives as many people as are asked for. */
function show({ managers = [], reports = [], peers = [] }: Line) {
  const asked: number[] = [];
  const list = (all: string[], first: number) => ({
    __typename: "PersonConnection",
    totalCount: all.length,
    nodes: all.slice(0, first).map(person),
  });
  const client = createClient({
    url: "http://test/graphql",
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, init) => {
      const { first } = JSON.parse(String(init?.body)).variables;
      asked.push(first);
      const data = {
        personManagers: managers.map(person),
        personReports: list(reports, first),
        personPeers: list(peers, first),
      };
      return new Response(JSON.stringify({ data }), {
        headers: { "content-type": "application/json" },
      });
    },
  });
  const view = render(
    <Provider value={client}>
      <ReportingLine personId="person_1" />
    </Provider>,
  );
  return { asked, view };
}

it("names the managers from the nearest up, and leads to each", async () => {
  show({ managers: ["Anna", "Chief"], peers: ["Bert"] });
  const line = await screen.findByRole("list", { name: /nearest first/ });
  const links = within(line).getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual(["Anna", "Chief"]);
  expect(links[0]?.getAttribute("href")).toBe("/people/anna");
  expect(screen.getByRole("heading", { name: "Same manager 1" })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: /Leads directly/ })).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
});

it("shows a few of many and all of them when asked, without losing the few meanwhile", async () => {
  const { asked } = show({ reports: names("Teller", 12) });
  expect(await screen.findByRole("heading", { name: "Leads directly 12" })).toBeTruthy();
  expect(screen.getAllByRole("link")).toHaveLength(5);
  await userEvent.click(screen.getByRole("button", { name: "Show all" }));
  expect(screen.getAllByRole("link").length).toBeGreaterThanOrEqual(5);
  await waitFor(() => expect(screen.getAllByRole("link")).toHaveLength(12));
  expect(screen.queryByRole("button")).toBeNull();
  expect(asked).toEqual([5, 100]);
});

it("says nothing of somebody who stands in no line", async () => {
  const { asked, view } = show({});
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(view.container.textContent).toBe("");
});
