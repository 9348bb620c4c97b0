import type {
  DispatchPartsFragment,
  DispatchQuestionInput,
  DispatchSaveInput,
  DispatchTextInput,
} from "@/graphql/generated/graphql";

/** What the form of a dispatch holds. */
export type DraftText = { title: string; body: string; talkingPoints: string };
export type DraftQuestion = { prompt: string; options: readonly string[]; right: number };
/** One language of it. */
export type DraftLanguage = { text: DraftText; questions: readonly DraftQuestion[] };

export type Draft = {
  clientId: string;
  unitId: string;
  targetUnits: readonly { id: string; name: string }[];
  roles: readonly string[];
  /** Of all these only who is in it. */
  audience: { id: string; name: string } | null;
  /** The first is that of those whose own is missing. */
  languages: readonly string[];
  texts: Readonly<Record<string, DraftLanguage>>;
  isMustRead: boolean;
  needsSignature: boolean;
  isUrgent: boolean;
  takesAnswers: boolean;
  workingHours: number;
  joinerDays: number;
  helpers: readonly { id: string; name: string }[];
};

/** Two working days. */
const usualHours = 16;

export const emptyLanguage: DraftLanguage = {
  text: { title: "", body: "", talkingPoints: "" },
  questions: [],
};
export const emptyQuestion: DraftQuestion = { prompt: "", options: ["", ""], right: 0 };

export function newDraft(unitId: string, language: string): Draft {
  return {
    clientId: crypto.randomUUID(),
    unitId,
    targetUnits: [],
    roles: [],
    audience: null,
    languages: [language],
    texts: { [language]: emptyLanguage },
    isMustRead: false,
    needsSignature: false,
    isUrgent: false,
    takesAnswers: true,
    workingHours: usualHours,
    joinerDays: 0,
    helpers: [],
  };
}

/** Texts and questions of a dispatch, as forms hold them. */
export function textsOf(dispatch: DispatchPartsFragment): Pick<Draft, "languages" | "texts"> {
  const others = dispatch.texts.map(({ language }) => language);
  const languages = [...new Set([dispatch.language, ...others])].filter((language) =>
    others.includes(language),
  );
  const texts = Object.fromEntries(
    dispatch.texts.map(({ language, title, bodySource }) => [
      language,
      {
        text: {
          title,
          body: bodySource,
          talkingPoints:
            dispatch.talkingPoints.find((points) => points.language === language)?.source ?? "",
        },
        questions: dispatch.questionKeys
          .filter((question) => question.language === language)
          .map(({ prompt, options, right }) => ({ prompt, options, right })),
      },
    ]),
  );
  return { languages, texts };
}

/** A dispatch that is not sent yet; the server finds it again by the id it was made from. */
export function fromDispatch(
  dispatch: DispatchPartsFragment,
  helpers: Draft["helpers"],
  clientId: string,
): Draft {
  return {
    clientId,
    unitId: dispatch.unit?.id ?? "",
    targetUnits: dispatch.targetUnits,
    roles: dispatch.targetRoles,
    audience: dispatch.targetAudience ?? null,
    ...textsOf(dispatch),
    isMustRead: dispatch.isMustRead,
    needsSignature: dispatch.needsSignature,
    isUrgent: dispatch.isUrgent,
    takesAnswers: dispatch.takesAnswers,
    workingHours: dispatch.workingHours ?? usualHours,
    joinerDays: dispatch.joinerDays,
    helpers,
  };
}

export function textInputs({ languages, texts }: Pick<Draft, "languages" | "texts">): {
  texts: DispatchTextInput[];
  questions: DispatchQuestionInput[];
} {
  const each = languages.flatMap((language) => {
    const known = texts[language];
    return known ? [{ language, ...known }] : [];
  });
  return {
    texts: each.map(({ language, text }) => ({ language, ...text })),
    questions: each.flatMap(({ language, questions }) =>
      questions.map(({ prompt, options, right }) => ({
        language,
        prompt,
        options: [...options],
        right,
      })),
    ),
  };
}

export function saveInput(draft: Draft): DispatchSaveInput {
  return {
    clientId: draft.clientId,
    unitId: draft.unitId,
    targetUnitIds: draft.targetUnits.map(({ id }) => id),
    targetRoles: [...draft.roles],
    targetAudienceId: draft.audience?.id ?? null,
    language: draft.languages[0] ?? "de",
    ...textInputs(draft),
    isMustRead: draft.isMustRead,
    needsSignature: draft.isMustRead && draft.needsSignature,
    isUrgent: draft.isMustRead && draft.isUrgent,
    takesAnswers: draft.takesAnswers,
    workingHours: draft.isMustRead ? draft.workingHours : null,
    joinerDays: draft.joinerDays,
    helperIds: draft.helpers.map(({ id }) => id),
  };
}
