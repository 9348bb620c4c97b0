import type { ReactNode } from "react";
import { RouterProvider } from "react-aria-components";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { NavigateContext } from "./Markdown";

/** Gives all widgets the language and the way to navigate. */
export function UiProvider({
  locale,
  navigate,
  children,
}: {
  locale: string;
  navigate: (path: string) => void;
  children: ReactNode;
}) {
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={navigate}>
        <NavigateContext value={navigate}>{children}</NavigateContext>
      </RouterProvider>
    </I18nProvider>
  );
}
