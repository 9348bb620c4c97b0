/** The parts of the settings, each at an address of its own. */
export const settingsSections = [
  "profile",
  "absence",
  "appearance",
  "notifications",
  "privacy",
  "security",
  "tokens",
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Whether an address names a part. */
export function isSettingsSection(value: string): value is SettingsSection {
  return settingsSections.some((section) => section === value);
}
