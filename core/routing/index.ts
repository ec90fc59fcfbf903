/** People and routing (policy book §2): who gets a lead, who is told, and when they can be reached. */
export { isAvailable, nextAvailable } from './availability.ts';
export { checkRoster, type RosterFinding } from './check-roster.ts';
export { chooseOwner, type ChosenOwner, type NobodyToOwn, type OwnerRequest } from './choose-owner.ts';
export { deliverAt } from './deliver.ts';
export { fallbackAt, fallbackOwner } from './fallback.ts';
export { nextUpInHours } from './hierarchy.ts';
export { inHours, opensAt } from './hours.ts';
export { choosePool, isAmong, membersOf, NoPoolForLead, traitsOf, type LeadTraits } from './pool.ts';
export { credit, newPoolState } from './pool-state.ts';
export { resolveRecipient, type RecipientContext } from './recipients.ts';
