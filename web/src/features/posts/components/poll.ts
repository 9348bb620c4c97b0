import type { PollPartsFragment } from "@/graphql/generated/graphql";

export type PollResult = {
  id: string;
  text: string;
  isChosen: boolean;
  /** Null while the results are hidden. */
  votes: number | null;
  /** Part of the people who voted, 0 to 1. */
  part: number;
  /** One of the options with most votes. */
  isLeading: boolean;
};

/** Results ready to show. With several choices the parts may add up to more than one. */
export function pollResults({ options, voterCount }: PollPartsFragment): readonly PollResult[] {
  const most = Math.max(0, ...options.map(({ voteCount }) => voteCount ?? 0));
  return options.map(({ id, text, voteCount, viewerChose }) => {
    const votes = voteCount ?? null;
    return {
      id,
      text,
      isChosen: viewerChose,
      votes,
      part: votes !== null && voterCount > 0 ? Math.min(1, votes / voterCount) : 0,
      isLeading: votes !== null && votes > 0 && votes === most,
    };
  });
}

/** Whether counts may be shown: the server hides them from whoever has not voted yet. */
export function areResultsVisible({ options }: PollPartsFragment): boolean {
  return options.every(({ voteCount }) => typeof voteCount === "number");
}
