/** People for the pages of other features. */
export { PersonLine, type PersonLineProps } from "./components/PersonLine";
export { PersonPicker, type PersonPickerProps, type PickedPerson } from "./components/PersonPicker";
export { PersonParts } from "./queries";
