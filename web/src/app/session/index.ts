export { session } from "./browser";
export type { Session, SessionState } from "./session";
export { AuthError } from "./transport";
export { useSession } from "./useSession";
