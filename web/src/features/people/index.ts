/** People for the pages of other features. */
export { PeopleTabs } from "./components/PeopleTabs";
export { PersonLine, type PersonLineProps } from "./components/PersonLine";
export { PersonPicker, type PersonPickerProps, type PickedPerson } from "./components/PersonPicker";
export { PersonParts } from "./queries";
