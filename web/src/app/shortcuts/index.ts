export { shortcuts } from "./registry";
export { useFeedKeys } from "./useFeedKeys";
export { useShortcut } from "./useShortcut";
