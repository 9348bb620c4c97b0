export { AppShell } from "./AppShell";
export { type ComposeRequest, composeStore } from "./compose";
export { Logo } from "./Logo";
export { Page, type PageProps, PageSkeleton } from "./Page";
export { ShellSkeleton } from "./ShellSkeleton";
