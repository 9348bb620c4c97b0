import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useRef,
  useState,
} from "react";
import { loadParts } from "./lazyParts";

type TriggerProps = {
  ref?: RefObject<HTMLButtonElement | null>;
  onPress?: (event: never) => void;
  onHoverStart?: (event: never) => void;
  onFocus?: (event: never) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

/** Opens something from a Button or IconButton, which is given what it needs for that. */
export function useOverlayTrigger(
  trigger: ReactElement,
  kind: "menu" | "dialog",
  controlled: { isOpen?: boolean; onOpenChange?: (isOpen: boolean) => void } = {},
) {
  const ref = useRef<HTMLButtonElement>(null);
  const [inner, setInner] = useState(false);
  const [focus, setFocus] = useState<"first" | "last" | true>(true);
  const isOpen = controlled.isOpen ?? inner;

  function onOpenChange(next: boolean) {
    setInner(next);
    controlled.onOpenChange?.(next);
  }

  const own = trigger.props as TriggerProps;
  const element = cloneElement(trigger as ReactElement<Record<string, unknown>>, {
    ref,
    "aria-haspopup": kind,
    "aria-expanded": isOpen,
    onHoverStart: (event: never) => {
      loadParts();
      own.onHoverStart?.(event);
    },
    onFocus: (event: never) => {
      loadParts();
      own.onFocus?.(event);
    },
    onPress: (event: { pointerType: string }) => {
      own.onPress?.(event as never);
      setFocus(
        event.pointerType === "keyboard" || event.pointerType === "virtual" ? "first" : true,
      );
      onOpenChange(!isOpen);
    },
    onKeyDown: (event: KeyboardEvent & { continuePropagation?: () => void }) => {
      own.onKeyDown?.(event);
      if (kind !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) {
        // React Aria keeps key events to itself unless told to pass them on.
        event.continuePropagation?.();
        return;
      }
      event.preventDefault();
      setFocus(event.key === "ArrowDown" ? "first" : "last");
      onOpenChange(true);
    },
  });
  return { element, ref, isOpen, onOpenChange, focus };
}
