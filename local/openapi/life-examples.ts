/** Leads after the first attempt as the documentation shows them: one for each command, in the order of a life. */
import type { z } from 'zod';
import { NEW_LIFE } from '../../core/model/life.ts';
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import type { lifeViewSchema } from '../../lambdas/api/schemas/life.ts';
import { MEETING_ID, MEETS_AT, OPPORTUNITY_ID } from './pipeline-examples.ts';

type LifeView = z.input<typeof lifeViewSchema>;

const acceptedAt = '2026-11-20T15:31:10.000Z';
const promotedAt = '2026-11-24T16:02:44.000Z';
const briefedAt = '2026-11-24T17:20:05.000Z';
const takenAt = '2026-11-24T19:41:30.000Z';

/** Nothing of what somebody typed, and nothing of earlier handoffs. */
export const newLife: LifeView = {
  ...{ accepted: NEW_LIFE.accepted, rejection: NEW_LIFE.rejection },
  ...{ sql: NEW_LIFE.sql, briefing: NEW_LIFE.briefing, handoff: NEW_LIFE.handoff },
  ...{
    opportunity: null,
    meetings: [],
    told: [],
    disposition: NEW_LIFE.disposition,
    closedAt: NEW_LIFE.closedAt,
  },
};

const sal: LifeView = { ...newLife, accepted: { at: acceptedAt, by: 'sam' } };

const sql: LifeView = {
  ...sal,
  sql: { at: promotedAt, by: 'sam', flagged: ['economic_buyer', 'decision_criteria'] },
  meetings: [{ meetingId: MEETING_ID, kind: 'discovery', startsAt: MEETS_AT, state: 'booked' }],
};

const handedOver: LifeView = {
  ...sql,
  briefing: { completed: { at: briefedAt, by: 'sam' }, read: null },
  handoff: {
    n: 1,
    ae: { personId: 'alice', reason: 'Alice is next in the round robin of AEs.', via: 'round_robin' },
    notifiedAt: briefedAt,
    introducedAt: null,
    accepted: null,
    rejected: null,
  },
};

const introduced: LifeView = {
  ...handedOver,
  handoff: handedOver.handoff && { ...handedOver.handoff, introducedAt: '2026-11-24T18:05:00.000Z' },
};

const taken: LifeView = {
  ...introduced,
  briefing: { completed: { at: briefedAt, by: 'sam' }, read: { at: takenAt, by: 'alice' } },
  handoff: introduced.handoff && { ...introduced.handoff, accepted: { at: takenAt, by: 'alice' } },
  opportunity: { opportunityId: OPPORTUNITY_ID, ownerId: 'alice', openedAt: takenAt, stage: 1, closed: null },
};

/** AE-REJ-01: the SDR's again; the proof of the SQL does not count twice, and the briefing has to be confirmed anew. */
const givenBack: LifeView = { ...sal, briefing: { completed: null, read: null } };

const rejected: LifeView = {
  ...newLife,
  rejection: { at: acceptedAt, by: 'sam', code: 'REJ-02', resolvedAt: null },
  closedAt: acceptedAt,
};

const resolved: LifeView = {
  ...rejected,
  rejection: rejected.rejection && { ...rejected.rejection, resolvedAt: '2026-11-23T14:20:00.000Z' },
};

/** AE-REJ-05: RevOps has named another AE. */
const arbitrated: LifeView = {
  ...handedOver,
  handoff: handedOver.handoff && {
    ...handedOver.handoff,
    n: 2,
    ae: { personId: 'ben', reason: 'Moved by rex: The account is in his territory.', via: 'by_hand' },
    notifiedAt: takenAt,
  },
};

const reviewed: LifeView['told'][number] = {
  ...{ fact: 'lead_reviewed', at: '2026-11-20T15:20:30.000Z', by: 'sam' },
  ...{ occurredAt: '2026-11-20T15:20:00.000Z', about: null },
};

const disposed: LifeView = {
  ...sal,
  disposition: {
    ...{ at: promotedAt, by: 'sam', disposition: 'disqualified', reason: 'budget' },
    attempts: { made: 3, required: 8, channels: 2 },
    ...{ signedBy: null, scenario: null },
  },
  closedAt: promotedAt,
};

/** The names of the commands' routes. */
type LifeRoute =
  | 'accept-lead'
  | 'reject-lead'
  | 'promote-lead'
  | 'write-briefing'
  | 'record-introduction'
  | 'ae-accept-lead'
  | 'ae-reject-lead'
  | 'arbitrate-lead'
  | 'sign-discovery-delay'
  | 'resolve-rejection'
  | 'tell-fact'
  | 'dispose-lead';

/** The lead after each command. @param lead one that has been attempted: nothing waits for its first attempt any more */
export function lifeAnswers(lead: LeadView): Record<LifeRoute, LeadView> {
  return {
    'accept-lead': { ...lead, status: 'sal', life: sal },
    'reject-lead': { ...lead, status: 'rejected', life: rejected },
    'promote-lead': { ...lead, status: 'sql', life: sql },
    'write-briefing': { ...lead, status: 'sql', life: handedOver },
    'record-introduction': { ...lead, status: 'sql', life: introduced },
    'ae-accept-lead': { ...lead, status: 'opportunity', life: taken },
    'ae-reject-lead': { ...lead, status: 'sal', life: givenBack },
    'arbitrate-lead': { ...lead, status: 'sql', life: arbitrated },
    'sign-discovery-delay': { ...lead, status: 'opportunity', life: taken },
    'resolve-rejection': { ...lead, status: 'rejected', life: resolved },
    'tell-fact': { ...lead, life: { ...newLife, told: [reviewed] } },
    'dispose-lead': { ...lead, status: 'disqualified', life: disposed },
  };
}
