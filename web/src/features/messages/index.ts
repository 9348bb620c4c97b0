/** Messages for the pages of other features. */
export { MessageButton } from "./components/MessageButton";
