export { NewPassword } from "./components/NewPassword";
export { handleFrom } from "./handle";
export { passwordStrength } from "./strength";
