/** People for the pages of other features. */

export { lastDay, lastDayText, wholeDays } from "./absence";
export { Experts } from "./components/Experts";
export { PeopleTabs } from "./components/PeopleTabs";
export { PersonLine, type PersonLineProps } from "./components/PersonLine";
export { PersonPicker, type PersonPickerProps, type PickedPerson } from "./components/PersonPicker";
export type { DirectorySearch } from "./directory";
export { languageName } from "./languageName";
export {
  AbsenceAddMutation,
  AbsenceChangeMutation,
  AbsenceParts,
  AbsenceRemoveMutation,
  CalendarParts,
  CalendarSaveMutation,
  CalendarsQuery,
  PersonAbsencesQuery,
} from "./orgQueries";
export {
  PersonProfileQuery,
  ProfileDetailsParts,
  ProfileDetailsUpdateMutation,
} from "./profileQueries";
export { PersonParts } from "./queries";
