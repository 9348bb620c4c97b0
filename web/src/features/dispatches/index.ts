/** The direct line for the pages of other features. */
export { DispatchesWaiting } from "./components/DispatchesWaiting";
export { GrantsSection } from "./components/GrantsSection";
export { LooksSection } from "./components/LooksSection";
export { inLanguage } from "./texts";
