import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/ui/styles/tokens.css", "utf8");
const tokens = new Map(
  [
    ...css
      .slice(0, css.indexOf("prefers-contrast"))
      .matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g),
  ].map(([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }]),
);

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["canvas", "surface", "surface-sunken", "surface-raised", "surface-hover"];
const inks = ["ink", "ink-muted", "ink-faint", "accent-ink", "danger"];
const meanings = ["danger", "warning", "success", "info", "praise", "idea"];
const texts: [string, string][] = [
  ...surfaces.flatMap((surface) => inks.map((ink): [string, string] => [ink, surface])),
  ...meanings.map((name): [string, string] => [name, `${name}-soft`]),
  ...meanings.map((name): [string, string] => ["ink", `${name}-soft`]),
  ["accent-ink", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger"],
  ["on-unread", "unread"],
  ["ink-muted", "surface-active"],
  ["ink", "highlight"],
];
const lines: [string, string][] = ["surface", "surface-raised", "canvas"].flatMap((surface) =>
  ["line-control", "focus"].map((line): [string, string] => [line, surface]),
);

describe.each(["light", "dark"] as const)("contrast in the %s theme", (theme) => {
  const value = (name: string) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`--${name} is not in tokens.css`);
    return token[theme];
  };

  it.each(texts)("of text --%s on --%s is at least 4.5", (ink, surface) => {
    expect(contrast(value(ink), value(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(lines)("of the edge --%s on --%s is at least 3", (line, surface) => {
    expect(contrast(value(line), value(surface))).toBeGreaterThanOrEqual(3);
  });
});
