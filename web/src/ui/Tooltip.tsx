import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import styles from "./Tooltip.module.css";

type TooltipProps = {
  text: string;
  shortcut?: string;
  /** A Button or another focusable widget of ours. */
  children: ReactElement;
};

/** React Aria keeps key events to itself unless told to pass them on, to shortcuts for example. */
type PassableKeyboardEvent = KeyboardEvent & { continuePropagation?: () => void };

const openMs = 500;
/** Within this time after one tooltip the next opens at once. */
const warmMs = 400;
let lastClosed = 0;

type Handlers = {
  onHoverStart?: (event: never) => void;
  onHoverEnd?: (event: never) => void;
  onFocus?: (event: never) => void;
  onBlur?: (event: never) => void;
  onPressStart?: (event: never) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

/**
 * A short hint on hover and keyboard focus; Escape takes it away. Never the only place of an
 * information, and never on touch. Our own and not React Aria's, whose overlay machinery would
 * have to be in the first load for it.
 */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    setAnchor((shown) => {
      if (shown) lastClosed = Date.now();
      return null;
    });
  }, []);
  const open = useCallback((target: HTMLElement, isAtOnce: boolean) => {
    clearTimeout(timer.current);
    const isWarm = Date.now() - lastClosed < warmMs;
    if (isAtOnce || isWarm) setAnchor(target);
    else timer.current = setTimeout(() => setAnchor(target), openMs);
  }, []);
  useEffect(() => close, [close]);

  const own = children.props as Handlers;
  const element = cloneElement(children as ReactElement<Record<string, unknown>>, {
    ...(anchor ? { "aria-describedby": id } : {}),
    onHoverStart: (event: { target: HTMLElement; pointerType: string }) => {
      own.onHoverStart?.(event as never);
      if (event.pointerType === "mouse") open(event.target, false);
    },
    onHoverEnd: (event: never) => {
      own.onHoverEnd?.(event);
      close();
    },
    onFocus: (event: { target: HTMLElement }) => {
      own.onFocus?.(event as never);
      if (event.target.matches(":focus-visible")) open(event.target, true);
    },
    onBlur: (event: never) => {
      own.onBlur?.(event);
      close();
    },
    onPressStart: (event: never) => {
      own.onPressStart?.(event);
      close();
    },
    onKeyDown: (event: PassableKeyboardEvent) => {
      own.onKeyDown?.(event);
      if (event.key === "Escape" && anchor) close();
      else event.continuePropagation?.();
    },
  });
  return (
    <>
      {element}
      {anchor && <Hint id={id} anchor={anchor} text={text} shortcut={shortcut} />}
    </>
  );
}

const gap = 6;

function Hint({
  id,
  anchor,
  text,
  shortcut,
}: {
  id: string;
  anchor: HTMLElement;
  text: string;
  shortcut?: string;
}) {
  // Measured once it stands; a tooltip is too short-lived to follow its button around.
  const place = useCallback(
    (hint: HTMLElement | null) => {
      if (!hint) return;
      const at = anchor.getBoundingClientRect();
      const { width, height } = hint.getBoundingClientRect();
      const above = at.top - height - gap;
      const left = at.left + (at.width - width) / 2;
      hint.style.top = `${above >= gap ? above : at.bottom + gap}px`;
      hint.style.left = `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`;
    },
    [anchor],
  );
  return createPortal(
    <div ref={place} id={id} role="tooltip" className={styles.tooltip}>
      {text}
      {shortcut && <kbd className={styles.keys}>{shortcut}</kbd>}
    </div>,
    document.body,
  );
}
