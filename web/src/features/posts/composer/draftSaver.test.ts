import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftSaveInput } from "@/graphql/generated/graphql";
import { clientIdOf, emptyContent, newDraftId } from "./draft";
import { createDraftSaver, type SaveResult } from "./draftSaver";
import { localDrafts } from "./localDrafts";

function memory() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
  };
}

function world(answer: (input: DraftSaveInput) => Promise<SaveResult | null>) {
  const local = localDrafts("person_1", memory());
  const save = vi.fn(answer);
  const saver = createDraftSaver({
    id: "draft_1",
    version: 0,
    content: emptyContent(),
    save,
    local,
    delayMs: 1_000,
    retryMs: 5_000,
  });
  return { local, save, saver };
}

const accepts = (input: DraftSaveInput): Promise<SaveResult> =>
  Promise.resolve({
    id: String(input.draftId),
    version: input.baseVersion + 1,
    conflictId: null,
  });

describe("a draft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is on this device with every key, and on the server once the hands rest", async () => {
    const { local, save, saver } = world(accepts);
    saver.change({ body: "H" });
    saver.change({ body: "Hello" });
    expect(local.get("draft_1")?.content.body).toBe("Hello");
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(save.mock.calls[0]?.[0]).toMatchObject({ body: "Hello", baseVersion: 0 });
    expect(saver.get()).toMatchObject({ status: "saved", version: 1 });
    expect(local.get("draft_1")).toBeNull();
    expect(local.current(null)).toBe("draft_1");
  });

  it("builds each save on the version before, one at a time", async () => {
    const release: (() => void)[] = [];
    const { save, saver } = world(
      (input) => new Promise((resolve) => release.push(() => void accepts(input).then(resolve))),
    );
    saver.change({ body: "one" });
    await vi.advanceTimersByTimeAsync(1_000);
    saver.change({ body: "two" });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(save).toHaveBeenCalledTimes(1);
    release[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledTimes(2);
    expect(save.mock.calls[1]?.[0]).toMatchObject({ body: "two", baseVersion: 1 });
  });

  it("stays safe here while the server is away, and gets there when it is back", async () => {
    let isAway = true;
    const { local, saver } = world((input) => (isAway ? Promise.resolve(null) : accepts(input)));
    saver.change({ body: "Offline words" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saver.get().status).toBe("local");
    expect(local.list().map(({ content }) => content.body)).toEqual(["Offline words"]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(saver.get().status).toBe("saved");
    expect(local.list()).toEqual([]);
  });

  it("treats a thrown error as being away", async () => {
    const { saver } = world(() => Promise.reject(new Error("broken")));
    saver.change({ body: "x" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saver.get().status).toBe("local");
  });

  it("goes on with the copy when another device wrote too, and says so", async () => {
    const { save, saver } = world((input) =>
      input.draftId === "draft_1"
        ? Promise.resolve({ id: "draft_copy", version: 1, conflictId: "draft_1" })
        : accepts(input),
    );
    saver.change({ body: "mine" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saver.get()).toMatchObject({ id: "draft_copy", version: 1, conflictId: "draft_1" });
    saver.change({ body: "mine, further" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save.mock.calls[1]?.[0]).toMatchObject({ draftId: "draft_copy", baseVersion: 1 });
    expect(saver.get().conflictId).toBe("draft_1");
  });

  it("is not brought back by a late save once it is being published", async () => {
    const { local, save, saver } = world(accepts);
    saver.change({ body: "Done" });
    await saver.pause();
    await saver.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).not.toHaveBeenCalled();
    expect(local.get("draft_1")?.content.body).toBe("Done");
    await saver.finish();
    expect(local.get("draft_1")).toBeNull();
    expect(local.current(null)).toBeNull();
  });

  it("is kept again when publishing failed", async () => {
    const { save, saver } = world(accepts);
    saver.change({ body: "Not yet" });
    await saver.pause();
    saver.resume();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("bothers nobody as long as nothing is written", async () => {
    const { save, saver } = world(accepts);
    saver.change({ kind: "POLL" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).not.toHaveBeenCalled();
  });
});

describe("the id of a draft", () => {
  it("is a UUID of version 7, sorted by time, and names one attempt to publish", () => {
    const early = newDraftId(1_700_000_000_000);
    const late = newDraftId(1_700_000_000_001);
    expect(early).toMatch(/^draft_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(early < late).toBe(true);
    expect(clientIdOf(early)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(clientIdOf(early)).toBe(clientIdOf(early));
  });
});

describe("copies on this device", () => {
  it("survive nonsense in the storage and storage that is forbidden", () => {
    const storage = memory();
    storage.setItem("loggia.draft.person_1.draft_9", "{broken");
    expect(localDrafts("person_1", storage).list()).toEqual([]);
    const forbidden = localDrafts("person_1", null);
    expect(
      forbidden.put({ id: "draft_1", version: 0, content: emptyContent(), changedAt: 1 }),
    ).toBeTruthy();
    expect(forbidden.list()).toEqual([]);
  });

  it("belong to one person", () => {
    const storage = memory();
    const draft = { id: "draft_1", version: 0, content: emptyContent(), changedAt: 1 };
    localDrafts("person_1", storage).put(draft);
    expect(localDrafts("person_2", storage).list()).toEqual([]);
    expect(localDrafts("person_1", storage).list()).toHaveLength(1);
  });
});
