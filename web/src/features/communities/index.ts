/** Communities for the pages of other features. */
export { CommunityMarks } from "./components/CommunityMarks";
export {
  CommunitySetArchivedMutation,
  CommunitySetOfficialMutation,
  CommunityTransferOwnershipMutation,
} from "./mutations";
export { CommunitiesQuery, CommunityCardParts } from "./queries";
