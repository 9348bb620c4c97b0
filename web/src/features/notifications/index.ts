/** How news reach one, for the pages of other features. */
export { DeliverySection } from "./components/DeliverySection";
export { HouseSection } from "./components/HouseSection";
