import { describe, expect, it } from "vitest";
import {
  type AudienceDraft,
  type Condition,
  draftOf,
  emptyDraft,
  isComplete,
  newCondition,
  type RulePart,
  ruleOf,
} from "./draft";

const tellers = { ...newCondition("place"), kind: "place", roles: ["Teller"] } as Condition;
const kiel = { ...newCondition("locations"), kind: "locations", names: ["Kiel"] } as Condition;
const place = { place: { unitIds: [], withBelow: true, roles: ["Teller"], headsOnly: false } };
const locations = { locations: { names: ["Kiel"] } };

function part(kind: RulePart["kind"], parent: number | null, more: Partial<RulePart> = {}) {
  return {
    kind,
    parent,
    withBelow: true,
    headsOnly: false,
    roles: [],
    locations: [],
    languages: [],
    skills: [],
    units: [],
    communities: [],
    people: [],
    ...more,
  };
}

const withoutKeys = (draft: AudienceDraft | null) =>
  draft && JSON.parse(JSON.stringify(draft, (key, value) => (key === "key" ? undefined : value)));

describe("the rule of a draft", () => {
  it("has only what is complete", () => {
    expect(ruleOf(emptyDraft)).toBeNull();
    const open = { ...emptyDraft, include: [newCondition("people"), tellers] };
    expect(ruleOf(open)).toEqual(place);
    expect(isComplete(open)).toBe(false);
    expect(isComplete({ ...emptyDraft, include: [tellers] })).toBe(true);
  });

  it("joins conditions as chosen and leaves out exceptions", () => {
    const include = [tellers, kiel];
    expect(ruleOf({ mode: "any", include, exclude: [] })).toEqual({ any: [place, locations] });
    expect(ruleOf({ mode: "all", include: [tellers], exclude: [kiel] })).toEqual({
      all: [place, { not: locations }],
    });
    expect(ruleOf({ mode: "any", include, exclude: [kiel] })).toEqual({
      all: [{ any: [place, locations] }, { not: locations }],
    });
    expect(ruleOf({ mode: "all", include, exclude: [kiel] })).toEqual({
      all: [place, locations, { not: locations }],
    });
  });
});

describe("the draft of a stored rule", () => {
  it("is the one it was made from", () => {
    const parts = [
      part("ALL", null),
      part("ANY", 0),
      part("PLACE", 1, { roles: ["Teller"] }),
      part("LOCATIONS", 1, { locations: ["Kiel"] }),
      part("NOT", 0),
      part("LOCATIONS", 4, { locations: ["Kiel"] }),
    ];
    const draft: AudienceDraft = { mode: "any", include: [tellers, kiel], exclude: [kiel] };
    expect(withoutKeys(draftOf(parts))).toEqual(withoutKeys(draft));
    expect(draftOf([part("EVERYBODY", null)])?.include[0]?.kind).toBe("everybody");
  });

  it("keeps skills and languages", () => {
    const parts = [
      part("ALL", null),
      part("SKILLS", 0, { skills: ["Excel"] }),
      part("LANGUAGES", 0, { languages: ["fr"] }),
    ];
    const draft = draftOf(parts);
    expect(draft && ruleOf(draft)).toEqual({
      all: [{ skills: { names: ["Excel"] } }, { languages: { codes: ["fr"] } }],
    });
    expect(ruleOf({ ...emptyDraft, include: [newCondition("skills")] })).toBeNull();
    expect(ruleOf({ ...emptyDraft, include: [newCondition("languages")] })).toBeNull();
  });

  it("does not pretend to say what it cannot", () => {
    expect(draftOf([part("NOT", null), part("EVERYBODY", 0)])).toBeNull();
    const nested = [part("ANY", null), part("ALL", 0), part("EVERYBODY", 1)];
    expect(draftOf(nested)).toBeNull();
  });
});
