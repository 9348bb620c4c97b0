import { describe, expect, it } from "vitest";
import type { PollPartsFragment } from "@/graphql/generated/graphql";
import { areResultsVisible, pollResults } from "./poll";

function poll(votes: readonly (number | null)[], voterCount: number): PollPartsFragment {
  return {
    isMultipleChoice: false,
    isAnonymous: false,
    isClosed: false,
    closesAt: null,
    voterCount,
    viewerHasVoted: false,
    options: votes.map((voteCount, index) => ({
      id: `option_${index}`,
      text: `Option ${index}`,
      voteCount,
      viewerChose: index === 0,
    })),
  } as unknown as PollPartsFragment;
}

describe("poll results", () => {
  it("are parts of the people who voted, with ties leading together", () => {
    const results = pollResults(poll([3, 3, 2], 8));
    expect(results.map(({ part }) => part)).toEqual([0.375, 0.375, 0.25]);
    expect(results.map(({ isLeading }) => isLeading)).toEqual([true, true, false]);
    expect(results[0]?.isChosen).toBe(true);
  });

  it("may add up to more than one with several choices, but no bar is longer than whole", () => {
    const results = pollResults(poll([4, 4, 5], 4));
    expect(results.map(({ part }) => part)).toEqual([1, 1, 1]);
  });

  it("have no leader and no division by nothing before the first vote", () => {
    expect(
      pollResults(poll([0, 0], 0)).every(({ part, isLeading }) => part === 0 && !isLeading),
    ).toBe(true);
  });

  it("stay hidden as long as the server hides them", () => {
    expect(areResultsVisible(poll([null, null], 5))).toBe(false);
    expect(pollResults(poll([null], 5))[0]).toMatchObject({ votes: null, isLeading: false });
    expect(areResultsVisible(poll([0, 1], 1))).toBe(true);
  });
});
