import type { Edit } from "./markdownEdit";

/** Changes a text field as if it were typed, so that undo takes it back and React hears of it. */
export function applyEdit(element: HTMLTextAreaElement, edit: Edit) {
  element.focus();
  element.setSelectionRange(edit.from, edit.to);
  const isDone =
    typeof document.execCommand === "function" &&
    (edit.insert
      ? document.execCommand("insertText", false, edit.insert)
      : document.execCommand("delete"));
  if (!isDone) {
    element.setRangeText(edit.insert, edit.from, edit.to, "end");
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }
  element.setSelectionRange(edit.selectFrom, edit.selectTo);
}
