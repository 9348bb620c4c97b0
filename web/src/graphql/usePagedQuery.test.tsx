import { act, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { createClient, fetchExchange, gql, Provider, useClient } from "urql";
import { describe, expect, it } from "vitest";
import { createCache } from "./cache";
import { usePagedQuery } from "./usePagedQuery";

const names = ["Ada", "Bo", "Cy", "Di", "Eve"];

type Data = {
  people: {
    nodes: { id: string; name: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
};
type Variables = { first: number; after?: string | null; query?: string | null };

const PeopleQuery = gql<Data, Variables>`
  query TestPeople($first: Int!, $after: String, $query: String) {
    people(first: $first, after: $after, query: $query) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const CreateMutation = gql`
  mutation TestCreate {
    personCreate {
      person {
        id
      }
    }
  }
`;

/** A server that knows five people, two on a page, and counts what it is asked. */
function server() {
  const asked: (string | null)[] = [];
  const answer = (query: string, variables: Variables) => {
    if (query.includes("mutation")) {
      return { personCreate: { __typename: "PersonPayload", person: null } };
    }
    const after = variables.after ?? null;
    asked.push(after);
    const start = after ? Number(after) : 0;
    const found = names.filter((name) => name.includes(variables.query ?? ""));
    return {
      people: {
        __typename: "PersonConnection",
        nodes: found
          .slice(start, start + 2)
          .map((name) => ({ __typename: "Person", id: name, name })),
        pageInfo: {
          __typename: "PageInfo",
          hasNextPage: start + 2 < found.length,
          endCursor: String(start + 2),
        },
      },
    };
  };
  const client = createClient({
    url: "http://test/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    exchanges: [createCache(), fetchExchange],
    fetch: async (_url, init) => {
      const { query, variables } = JSON.parse(String(init?.body));
      return new Response(JSON.stringify({ data: answer(query, variables ?? {}) }), {
        headers: { "content-type": "application/json" },
      });
    },
  });
  return { client, asked };
}

function List() {
  const client = useClient();
  const { list, hasMore, loadMore } = usePagedQuery({
    query: PeopleQuery,
    variables: { first: 2 },
    connection: (data) => data.people,
  });
  return (
    <>
      <ul>
        {list?.nodes.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" onClick={loadMore}>
          more
        </button>
      )}
      <button type="button" onClick={() => void client.mutation(CreateMutation, {}).toPromise()}>
        change
      </button>
    </>
  );
}

function Search() {
  const [query, setQuery] = useState<string | null>(null);
  const { list, isLoading } = usePagedQuery({
    query: PeopleQuery,
    variables: { first: 2, query },
    connection: (data) => data.people,
    keepsWhileSearching: true,
  });
  return (
    <>
      <ul>
        {list?.nodes.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {isLoading && <p>nothing yet</p>}
      <button type="button" onClick={() => setQuery("Ada")}>
        search
      </button>
    </>
  );
}

const shown = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);
const press = (name: string) => act(async () => screen.getByRole("button", { name }).click());

describe("a list in pages", () => {
  it("grows page by page until all is there", async () => {
    const { client, asked } = server();
    render(
      <Provider value={client}>
        <List />
      </Provider>,
    );
    await screen.findByText("Ada");
    expect(shown()).toEqual(["Ada", "Bo"]);
    await press("more");
    await screen.findByText("Di");
    await press("more");
    await screen.findByText("Eve");
    expect(shown()).toEqual(names);
    expect(screen.queryByRole("button", { name: "more" })).not.toBeInTheDocument();
    expect(asked).toEqual([null, "2", "4"]);
  });

  it("starts again at its beginning when a change has thrown it away", async () => {
    const { client, asked } = server();
    render(
      <Provider value={client}>
        <List />
      </Provider>,
    );
    await screen.findByText("Ada");
    await press("more");
    await screen.findByText("Di");
    await press("change");
    await screen.findByText("Ada");
    expect(asked.at(-1)).toBeNull();
    expect(shown().slice(0, 2)).toEqual(["Ada", "Bo"]);
    await press("more");
    await screen.findByText("Di");
    expect(shown()).toEqual(["Ada", "Bo", "Cy", "Di"]);
  });

  it("keeps the lines of the last search until the next one is answered", async () => {
    const { client } = server();
    render(
      <Provider value={client}>
        <Search />
      </Provider>,
    );
    const line = await screen.findByText("Ada");
    act(() => screen.getByRole("button", { name: "search" }).click());
    expect(shown()).toEqual(["Ada", "Bo"]);
    expect(screen.queryByText("nothing yet")).not.toBeInTheDocument();
    await waitFor(() => expect(shown()).toEqual(["Ada"]));
    expect(screen.getByText("Ada")).toBe(line);
  });
});
