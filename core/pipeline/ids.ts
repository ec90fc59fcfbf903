/** Ids of what belongs to a lead, and the lead that each one names. */

/** `<leadId>-o<n>`: the opportunity of a lead's n-th handoff. */
export function opportunityIdOf(leadId: string, n: number): string {
  return `${leadId}-o${n}`;
}

/** `<leadId>-<cycle>-m<n>`: the n-th meeting of a lead's cycle. */
export function meetingIdOf(leadId: string, cycle: number, n: number): string {
  return `${leadId}-${cycle}-m${n}`;
}

/** The lead whose opportunity an id names; null for an id of anything else. */
export function leadOfOpportunity(opportunityId: string): string | null {
  return /^(.+)-o\d+$/.exec(opportunityId)?.[1] ?? null;
}

/** The lead whose meeting an id names; null for an id of anything else. */
export function leadOfMeeting(meetingId: string): string | null {
  return /^(.+)-\d+-m\d+$/.exec(meetingId)?.[1] ?? null;
}
