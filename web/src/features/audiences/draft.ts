/**
 * An audience while it is put together: conditions that include and conditions that leave out. A rule can
 * be more than that; one that is cannot be changed here (`draftOf` says so with null).
 */
import type { PickedPerson } from "@/features/people";
import type { AudienceRuleInput, AudienceRulePartKind } from "@/graphql/generated/graphql";

export type Named = { id: string; name: string };

export type Condition = { key: string } & (
  | { kind: "everybody" }
  | {
      kind: "place";
      units: readonly Named[];
      withBelow: boolean;
      roles: readonly string[];
      headsOnly: boolean;
    }
  | { kind: "communities"; communities: readonly Named[] }
  | { kind: "people"; people: readonly PickedPerson[] }
  | { kind: "locations" | "skills"; names: readonly string[] }
  | { kind: "languages"; codes: readonly string[] }
);

export type ConditionKind = Condition["kind"];

export type AudienceDraft = {
  mode: "all" | "any";
  include: readonly Condition[];
  exclude: readonly Condition[];
};

export const conditionKinds: readonly ConditionKind[] = [
  "place",
  "communities",
  "people",
  "locations",
  "skills",
  "languages",
  "everybody",
];

export const emptyDraft: AudienceDraft = { mode: "all", include: [], exclude: [] };

let made = 0;

/** A new condition without anything in it. */
export function newCondition(kind: ConditionKind): Condition {
  made += 1;
  const key = `condition-${made}`;
  switch (kind) {
    case "everybody":
      return { key, kind };
    case "place":
      return { key, kind, units: [], withBelow: true, roles: [], headsOnly: false };
    case "communities":
      return { key, kind, communities: [] };
    case "people":
      return { key, kind, people: [] };
    case "locations":
    case "skills":
      return { key, kind, names: [] };
    case "languages":
      return { key, kind, codes: [] };
  }
}

/** A condition as the server takes it; null while there is nothing in it. */
function ruleOfCondition(condition: Condition): AudienceRuleInput | null {
  switch (condition.kind) {
    case "everybody":
      return { everybody: true };
    case "place": {
      const { units, withBelow, roles, headsOnly } = condition;
      if (units.length + roles.length === 0 && !headsOnly) return null;
      return {
        place: { unitIds: units.map(({ id }) => id), withBelow, roles: [...roles], headsOnly },
      };
    }
    case "communities": {
      const communityIds = condition.communities.map(({ id }) => id);
      return communityIds.length > 0 ? { communities: { communityIds } } : null;
    }
    case "people": {
      const personIds = condition.people.map(({ id }) => id);
      return personIds.length > 0 ? { people: { personIds } } : null;
    }
    case "locations":
      return condition.names.length > 0 ? { locations: { names: [...condition.names] } } : null;
    case "skills":
      return condition.names.length > 0 ? { skills: { names: [...condition.names] } } : null;
    case "languages":
      return condition.codes.length > 0 ? { languages: { codes: [...condition.codes] } } : null;
  }
}

const isThere = <T>(value: T | null): value is T => value !== null;

/** The rule of all that is complete; null while nobody is included. */
export function ruleOf({ mode, include, exclude }: AudienceDraft): AudienceRuleInput | null {
  const included = include.map(ruleOfCondition).filter(isThere);
  const [first] = included;
  if (!first) return null;
  const who: AudienceRuleInput =
    included.length === 1 ? first : mode === "all" ? { all: included } : { any: included };
  const excluded = exclude.map(ruleOfCondition).filter(isThere);
  if (excluded.length === 0) return who;
  const inside = mode === "all" && included.length > 1 ? included : [who];
  return { all: [...inside, ...excluded.map((not) => ({ not }))] };
}

/** Whether every condition has something in it. */
export function isComplete({ include, exclude }: AudienceDraft): boolean {
  return include.length > 0 && [...include, ...exclude].every(ruleOfCondition);
}

export type RulePart = {
  kind: AudienceRulePartKind;
  parent?: number | null;
  withBelow: boolean;
  headsOnly: boolean;
  roles: readonly string[];
  locations: readonly string[];
  languages: readonly string[];
  skills: readonly string[];
  units: readonly Named[];
  communities: readonly Named[];
  people: readonly PickedPerson[];
};

function conditionOf(part: RulePart): Condition | null {
  const { kind, units, withBelow, roles, headsOnly, communities, people } = part;
  const { locations, languages, skills } = part;
  switch (kind) {
    case "EVERYBODY":
      return newCondition("everybody");
    case "PLACE":
      return { ...newCondition("place"), kind: "place", units, withBelow, roles, headsOnly };
    case "COMMUNITIES":
      return { ...newCondition("communities"), kind: "communities", communities };
    case "PEOPLE":
      return { ...newCondition("people"), kind: "people", people };
    case "LOCATIONS":
      return { ...newCondition("locations"), kind: "locations", names: locations };
    case "LANGUAGES":
      return { ...newCondition("languages"), kind: "languages", codes: languages };
    case "SKILLS":
      return { ...newCondition("skills"), kind: "skills", names: skills };
    default:
      return null;
  }
}

/** A stored rule as a draft; null when it is more than a draft can say. */
export function draftOf(parts: readonly RulePart[]): AudienceDraft | null {
  const below = (at: number) =>
    parts.flatMap(({ parent }, index) => (parent === at ? [index] : []));
  const conditions = (at: readonly number[]) => {
    const found = at.map((index) => {
      const part = parts[index];
      return part ? conditionOf(part) : null;
    });
    return found.every(isThere) ? found : null;
  };
  const group = (at: number): AudienceDraft | null => {
    const kind = parts[at]?.kind;
    const include = kind === "ANY" || kind === "ALL" ? conditions(below(at)) : conditions([at]);
    return include && { mode: kind === "ANY" ? "any" : "all", include, exclude: [] };
  };
  const inside = below(0);
  const isNot = (at: number) => parts[at]?.kind === "NOT";
  if (parts[0]?.kind !== "ALL" || !inside.some(isNot)) return group(0);
  const exclude = conditions(inside.filter(isNot).flatMap(below));
  const rest = inside.filter((at) => !isNot(at));
  const [only] = rest;
  const include = conditions(rest);
  const who: AudienceDraft | null = include
    ? { mode: "all", include, exclude: [] }
    : rest.length === 1 && only !== undefined
      ? group(only)
      : null;
  return who && exclude && { ...who, exclude };
}
