import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRegistry } from "./registry";

const clock = { ms: 0 };
let registry = createRegistry(() => clock.ms);

function press(key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

function bind(keys: string) {
  const onTrigger = vi.fn();
  const remove = registry.add({ keys, group: "general", label: keys, onTrigger });
  return { onTrigger, remove };
}

describe("shortcuts", () => {
  beforeEach(() => {
    localStorage.clear();
    registry = createRegistry(() => clock.ms);
    window.addEventListener("keydown", registry.handle);
  });
  afterEach(() => {
    window.removeEventListener("keydown", registry.handle);
    document.body.replaceChildren();
  });

  it("fire and keep the browser from acting", () => {
    const { onTrigger } = bind("?");
    const event = press("?", { shiftKey: true });
    expect(onTrigger).toHaveBeenCalledTimes(1);
    expect(event.defaultPrevented).toBe(true);
  });

  it("understand two keys in a row, in time", () => {
    const { onTrigger } = bind("g h");
    press("g");
    press("h");
    expect(onTrigger).toHaveBeenCalledTimes(1);
    press("g");
    clock.ms += 5_000;
    press("h");
    expect(onTrigger).toHaveBeenCalledTimes(1);
  });

  it("prefer the sequence to the single key of the same letter", () => {
    const single = bind("c");
    const sequence = bind("g c");
    press("g");
    press("c");
    expect(sequence.onTrigger).toHaveBeenCalledTimes(1);
    expect(single.onTrigger).not.toHaveBeenCalled();
  });

  it("stay silent while somebody writes, but let Ctrl combinations through", () => {
    const single = bind("c");
    const send = bind("mod+enter");
    const field = document.createElement("textarea");
    document.body.append(field);
    press("c", {}, field);
    press("Enter", { ctrlKey: true }, field);
    expect(single.onTrigger).not.toHaveBeenCalled();
    expect(send.onTrigger).toHaveBeenCalledTimes(1);
  });

  it("stay silent behind a dialog", () => {
    const { onTrigger } = bind("c");
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    document.body.append(dialog);
    press("c");
    expect(onTrigger).not.toHaveBeenCalled();
  });

  it("leave the browser's own combinations alone", () => {
    const { onTrigger } = bind("c");
    press("c", { ctrlKey: true });
    expect(onTrigger).not.toHaveBeenCalled();
  });

  it("let the newest binding of a key win until it goes", () => {
    const shell = bind("e");
    const page = bind("e");
    press("e");
    page.remove();
    press("e");
    expect(page.onTrigger).toHaveBeenCalledTimes(1);
    expect(shell.onTrigger).toHaveBeenCalledTimes(1);
  });

  it("of a single key can be switched off, and that is remembered", () => {
    const single = bind("c");
    registry.setSingleKeys(false);
    press("c");
    expect(single.onTrigger).not.toHaveBeenCalled();
    expect(createRegistry().areSingleKeysOn()).toBe(false);
  });
});
