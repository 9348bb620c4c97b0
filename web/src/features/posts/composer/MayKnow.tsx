import { lazy, Suspense } from "react";
import { useDebounced } from "@/app/useDebounced";

/** Loaded with the first question: most of what is written is none. */
const Experts = lazy(async () => ({ default: (await import("@/features/people")).Experts }));

/** So much of a question is looked at. */
const LENGTH = 600;
const PAUSE = 600;

type MayKnowProps = { question: string; onAsk: (handle: string) => void };

/** People who may know the answer, while the question is being written. */
export function MayKnow({ question, onAsk }: MayKnowProps) {
  const text = useDebounced(question.trim().slice(0, LENGTH), PAUSE);
  if (!text) return null;
  return (
    <Suspense>
      <Experts text={text} onAsk={onAsk} />
    </Suspense>
  );
}
