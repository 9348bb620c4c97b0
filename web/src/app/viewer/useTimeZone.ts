import { useViewer } from "./ViewerProvider";

/** The person's time zone; that of the device as long as none is chosen. */
export function useTimeZone(): string {
  const { timeZone } = useViewer().settings;
  return timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone;
}
