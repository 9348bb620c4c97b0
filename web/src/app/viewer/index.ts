export { type InboxEvent, useInboxEvents } from "./inbox";
export { UnreadFragment, ViewerQuery } from "./queries";
export { useSettings } from "./useSettings";
export { useViewer, type Viewer, ViewerProvider } from "./ViewerProvider";
