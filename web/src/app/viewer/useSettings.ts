import { useCallback } from "react";
import { theme } from "@/app/theme";
import { useAction } from "@/graphql";
import type {
  SettingsUpdateMutation as Data,
  SettingsUpdateInput,
} from "@/graphql/generated/graphql";
import { isLocale, setTimeZone, switchLocale } from "@/i18n";
import { SettingsUpdateMutation } from "./queries";
import { useViewer } from "./ViewerProvider";

const payloadOf = (data: Data) => data.settingsUpdate;

/** Changes a setting: applied here at once, then kept on the server; taken back when that fails. */
export function useSettings() {
  const { settings } = useViewer();
  const { run } = useAction(SettingsUpdateMutation, payloadOf);
  const change = useCallback(
    async (input: SettingsUpdateInput) => {
      apply(input);
      const { payload } = await run({ input });
      if (!payload) apply(settings);
      return payload !== null;
    },
    [run, settings],
  );
  return { settings, change };
}

function apply({ locale, theme: chosen, timeZone }: SettingsUpdateInput) {
  if (isLocale(locale)) void switchLocale(locale);
  if (chosen) theme.set(chosen);
  if (timeZone) setTimeZone(timeZone);
}
