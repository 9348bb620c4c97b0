import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import styles from "./Tooltip.module.css";

type TooltipProps = {
  text: string;
  shortcut?: string;
  /** A button or another focusable widget of ours. */
  children: ReactElement;
};

/** A short hint on hover and keyboard focus. Never the only place of an information. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip offset={6} className={styles.tooltip}>
        {text}
        {shortcut && <kbd className={styles.keys}>{shortcut}</kbd>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
