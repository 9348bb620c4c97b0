/** Audiences for the pages of other features. */
export { AudienceBuilder, type AudienceBuilderProps } from "./components/AudienceBuilder";
export { AudiencePreview } from "./components/AudiencePreview";
export { KeptAudiencePicker } from "./components/KeptAudiencePicker";
export { UnitPicker } from "./components/pickers";
export { type AudienceDraft, draftOf, emptyDraft, isComplete, ruleOf } from "./draft";
export { AudienceParts } from "./queries";
