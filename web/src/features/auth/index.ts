export { AuthCard, AuthFrame } from "./components/AuthFrame";
export { NewPassword } from "./components/NewPassword";
export { handleFrom } from "./handle";
export { passwordStrength } from "./strength";
