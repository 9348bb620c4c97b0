/** The direct line for the pages of other features. */
export { DispatchesWaiting } from "./components/DispatchesWaiting";
export { LineSection } from "./components/LineSection";
export { LooksSection } from "./components/LooksSection";
export { inLanguage } from "./texts";
