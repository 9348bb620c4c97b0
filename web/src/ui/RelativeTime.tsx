import { useSyncExternalStore } from "react";
import { formatDate, formatRelative } from "@/i18n/format";
import { useTranslation } from "@/i18n/texts";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = Date.now();

/** One clock for all: wakes every half minute while anything shows a time. */
function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The same for a whole second, because React asks twice in a row and wants one answer. */
function now() {
  if (!timer && Date.now() - tick >= 1000) tick = Date.now();
  return tick;
}

/** "3 minutes ago", kept fresh; the full date stands in the title. */
export function RelativeTime({
  value,
  width = "long",
  className,
}: {
  value: string;
  width?: "long" | "narrow";
  className?: string;
}) {
  const { t } = useTranslation();
  const current = useSyncExternalStore(subscribe, now);
  return (
    <time dateTime={value} title={formatDate(value, "full")} className={className}>
      {formatRelative(value, current, width) ?? t("time.now")}
    </time>
  );
}
