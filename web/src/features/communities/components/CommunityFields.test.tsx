import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { type CommunityDraft, CommunityFields } from "./CommunityFields";

const start: CommunityDraft = {
  name: "",
  description: "",
  visibility: "PUBLIC",
  joining: "OPEN",
  posting: "EVERYBODY",
  topics: [],
};

let latest = start;

function Example({ isAllCompany }: { isAllCompany?: boolean }) {
  const [draft, setDraft] = useState(start);
  latest = draft;
  return (
    <CommunityFields
      draft={draft}
      onChange={setDraft}
      errors={{ name: "Please fill this in." }}
      isAllCompany={isAllCompany}
    />
  );
}

describe("the fields of a community", () => {
  it("say in words what the two settings mean together", async () => {
    render(<Example />);
    const words = screen.getByRole("status");
    expect(words).toHaveTextContent("Everybody in the organisation can read and join.");
    await userEvent.click(screen.getByRole("radio", { name: /^Private/ }));
    await userEvent.click(screen.getByRole("radio", { name: /^On request/ }));
    expect(words).toHaveTextContent("Only members read. Everybody can find it and ask to join.");
  });

  it("leave only invitations to what nobody can find", async () => {
    render(<Example />);
    await userEvent.click(screen.getByRole("radio", { name: /^Secret/ }));
    expect(latest).toMatchObject({ visibility: "SECRET", joining: "INVITE_ONLY" });
    expect(screen.queryByRole("radio", { name: /^Open/ })).not.toBeInTheDocument();
  });

  it("do not ask who reads and joins where everybody is in", () => {
    render(<Example isAllCompany />);
    expect(screen.queryByRole("radio")).not.toBeInTheDocument();
  });

  it("take topics with the Enter key and give them back", async () => {
    render(<Example />);
    await userEvent.type(screen.getByRole("textbox", { name: /Topics/ }), "#Kasse{Enter}");
    expect(latest.topics).toEqual(["kasse"]);
    await userEvent.click(screen.getByRole("button", { name: /Remove: #kasse/ }));
    expect(latest.topics).toEqual([]);
  });

  it("show what the server wants mended beside the field", () => {
    render(<Example />);
    expect(screen.getByRole("textbox", { name: /^Name/ })).toHaveAccessibleDescription(
      /Please fill this in/,
    );
  });
});
