import { Component, type ReactNode } from "react";
import { useTranslation } from "@/i18n";
import { ErrorState } from "@/ui";

type Props = { children: ReactNode; resetKey?: string };
type State = { failed: boolean; resetKey?: string };

/** Keeps a fault in one part of the page from taking the rest with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Crash onRetry={() => this.setState({ failed: false })} />;
  }
}

/** Also the router's own error component. */
export function Crash({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return <ErrorState message={t("error.crash")} onRetry={onRetry} />;
}
