/** Reorganisations for the pages of other features. */
export { ReorganisationsSection } from "./components/ReorganisationsSection";
