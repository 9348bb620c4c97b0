import { useEffect, useState } from "react";

/** The value once it has rested for a moment; for asking the server while somebody types. */
export function useDebounced<T>(value: T, delayMs = 180): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
