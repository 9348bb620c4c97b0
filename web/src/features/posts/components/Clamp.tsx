import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { cx } from "@/ui";
import styles from "./Clamp.module.css";

type Props = { size?: "m" | "s"; isOff?: boolean; children: ReactNode };

/** Cuts what is long, with a button that shows the rest. What nearly fits is not cut. */
export function Clamp({ size = "m", isOff, children }: Props) {
  const { t } = useTranslation("posts");
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLong, setLong] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element || isOff || isOpen || typeof ResizeObserver === "undefined") return;
    function measure() {
      if (!element) return;
      const { scrollHeight, clientHeight } = element;
      const isOver = scrollHeight > clientHeight + 4;
      if (isOver && scrollHeight < clientHeight * 1.2) setOpen(true);
      else setLong(isOver);
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [isOff, isOpen]);

  if (isOff) return children;
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens where the focus goes */}
      <div
        ref={box}
        className={cx(!isOpen && styles.cut, !isOpen && styles[size], isLong && styles.fades)}
        // Focus inside would scroll the cut part into view; opening it is what was meant.
        onFocus={(event) => {
          if (isLong && event.target !== event.currentTarget) setOpen(true);
        }}
      >
        {children}
      </div>
      {isLong && !isOpen && (
        <button type="button" className={styles.more} onClick={() => setOpen(true)}>
          {t("more")}
        </button>
      )}
    </div>
  );
}
