/** The tales that faults are played into: together they take every step that the product has for a lead. */
import type { Ask } from '../lambdas/support/event.ts';
import { PARTS, SQL } from '../support/life.ts';
import type { Move, Tale } from './player.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A webinar attendee of a mid-market company in Massachusetts: due within an hour. */
const post: Move = {
  after: 0,
  route: 'submit-lead',
  request: ({ at, recordId }) => ({
    body: {
      crm: { system: 'salesforce', recordId },
      qualifiedAt: at,
      source: 'webinar_attendee',
      score: 30,
      contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
      company: { name: 'Example', employees: 500 },
    },
  }),
};

const onLead = (after: number, route: string, body: (at: string) => object): Move => ({
  after,
  route,
  request: ({ leadId, at }): Ask => ({ path: { leadId }, body: body(at) }),
});

const call = (after: number): Move =>
  onLead(after, 'record-activity', (at) => ({
    activityId: 'call-1',
    type: 'call',
    outcome: 'connected',
    occurredAt: at,
    recordedBy: { kind: 'system', name: 'dialler' },
  }));

const FRIDAY = '2026-11-20T15:00:00.000Z';
/** Everybody who may get a lead. */
const SDRS = ['sam', 'jo', 'kim', 'lee', 'ines', 'erik', 'pat'];

export const CLIMB: Tale = { name: 'nobody reaches out', begins: FRIDAY, moves: [post], lasts: 8 * HOUR };

export const HANDLED: Tale = {
  name: 'a lead is paused, resumed, extended and contacted',
  begins: FRIDAY,
  moves: [
    post,
    onLead(5 * MINUTE, 'pause-lead', () => ({ reason: 'prospect_asked_for_later', personId: 'sam' })),
    onLead(15 * MINUTE, 'resume-lead', () => ({ reason: 'called back', personId: 'sam' })),
    onLead(20 * MINUTE, 'extend-lead', () => ({ reason: 'travels', duration: 'PT30M', personId: 'mona' })),
    call(60 * MINUTE),
  ],
  lasts: 8 * HOUR,
};

export const PAUSED: Tale = {
  name: 'a pause ends by itself',
  begins: FRIDAY,
  moves: [
    post,
    onLead(5 * MINUTE, 'pause-lead', (at) => ({
      reason: 'customer_caused',
      until: new Date(Date.parse(at) + 50 * MINUTE).toISOString(),
    })),
    call(100 * MINUTE),
  ],
  lasts: 8 * HOUR,
};

export const NOBODY: Tale = {
  name: 'nobody is available until somebody comes back',
  begins: FRIDAY,
  away: SDRS,
  moves: [
    post,
    {
      after: 6 * MINUTE,
      route: 'set-availability',
      request: ({ at }) => ({
        path: { personId: 'jo' },
        body: { available: true, from: at, reason: 'back from leave' },
      }),
    },
    call(50 * MINUTE),
  ],
  lasts: 8 * HOUR,
};

export const HELD: Tale = {
  name: 'a lead comes in the evening',
  begins: '2026-11-21T00:00:00.000Z',
  moves: [post, call(62.25 * HOUR)],
  lasts: 75 * HOUR,
};

export const STOPPED: Tale = {
  name: 'an operator stops every execution',
  begins: FRIDAY,
  moves: [post],
  stops: 40 * MINUTE,
  lasts: 8 * HOUR,
};

/** Who fits, and is a little short of an MQL by what is known of them. */
const CONTACT = {
  ...{ firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+1 617 555 0142' },
  ...{ title: 'VP Engineering', country: 'US', region: 'MA' },
};

const inquire = (contact: object, signals: object[] = []): Move => ({
  after: 0,
  route: 'submit-inquiry',
  request: ({ recordId }) => ({
    body: {
      crm: { system: 'salesforce', recordId },
      contact,
      company: { name: 'Example', employees: 500 },
      signals,
    },
  }),
});

const onInquiry = (after: number, route: string, body: (at: string) => object): Move => ({
  after,
  route,
  request: ({ leadId, at }): Ask => ({ path: { inquiryId: leadId }, body: body(at) }),
});

/** Three acts of tier 2: due within an hour. */
const visit = (after: number): Move =>
  onInquiry(after, 'record-signals', (at) => ({
    signals: ['case_study', 'roi_calculator', 'webinar_attendee'].map((type) => ({
      ...{ id: `visit-${type}`, session: 'visit-1' },
      ...{ type, at },
    })),
  }));

const erase = (after: number): Move => ({
  after,
  route: 'erase-personal-data',
  request: ({ leadId }) => ({ path: { leadId } }),
});

export const WARMS: Tale = {
  name: 'an inquiry warms up, is held, completed and called',
  begins: FRIDAY,
  moves: [
    inquire({ ...CONTACT, phone: undefined }),
    visit(15 * MINUTE),
    onLead(45 * MINUTE, 'update-lead', () => ({ contact: { phone: CONTACT.phone }, by: 'olive' })),
    call(65 * MINUTE),
  ],
  lasts: 8 * HOUR,
};

export const REVIEWED: Tale = {
  name: 'an inquiry of the review band is accepted',
  begins: FRIDAY,
  moves: [
    inquire(CONTACT),
    onInquiry(30 * MINUTE, 'review-inquiry', () => ({ decision: 'accept', by: 'mona', reason: 'Known.' })),
    call(50 * MINUTE),
  ],
  lasts: 8 * HOUR,
};

export const ERASED: Tale = {
  name: 'somebody who is held is erased',
  begins: FRIDAY,
  moves: [inquire({ ...CONTACT, phone: undefined }), visit(10 * MINUTE), erase(20 * MINUTE)],
  lasts: 8 * HOUR,
};

export const TAKEN_AWAY: Tale = {
  name: 'somebody whom an SDR is about to call is erased',
  begins: FRIDAY,
  moves: [inquire(CONTACT), visit(10 * MINUTE), erase(20 * MINUTE)],
  lasts: 8 * HOUR,
};

export const SUPPRESSED: Tale = {
  name: 'somebody is suppressed, and comes all the same',
  begins: FRIDAY,
  moves: [
    {
      after: 0,
      route: 'put-suppression',
      request: () => ({
        body: {
          email: CONTACT.email,
          scenario: 'cadence_exhausted',
          reason: 'Nobody answered.',
          by: 'olive',
        },
      }),
    },
    { ...inquire(CONTACT), after: 20 * MINUTE, refused: 409 },
    { ...post, after: 40 * MINUTE, refused: 409 },
  ],
  lasts: HOUR,
};

/** What is said of the deal whose lead it is. */
const onDeal = (after: number, body: object): Move => ({
  after,
  route: 'update-opportunity',
  request: ({ leadId }) => ({ path: { opportunityId: `${leadId}-o1` }, body: { by: 'alice', ...body } }),
});

const TUESDAY = '2026-11-24T15:00:00.000Z';
const WEDNESDAY = '2026-11-25T15:00:00.000Z';

export const DEALT: Tale = {
  name: 'a lead becomes a deal, and its meeting is moved',
  begins: FRIDAY,
  moves: [
    post,
    call(5 * MINUTE),
    onLead(10 * MINUTE, 'accept-lead', () => ({ by: 'sam' })),
    onLead(15 * MINUTE, 'promote-lead', () => ({
      by: 'sam',
      // Whose account it is: a turn that was drawn for a promotion nobody repeats is spent.
      accountOwner: 'alice',
      ...SQL,
      meeting: { ...SQL.meeting, startsAt: TUESDAY },
      briefing: PARTS,
    })),
    onLead(20 * MINUTE, 'ae-accept-lead', () => ({ by: 'alice', briefingRead: true })),
    onDeal(25 * MINUTE, {
      amount: 48_000,
      nextStep: { what: 'The CISO reads the report', due: '2026-12-01' },
    }),
    {
      after: 31 * MINUTE,
      route: 'book-meeting',
      request: ({ leadId }) => ({
        body: { by: 'alice', leadId, kind: 'economic_buyer', startsAt: WEDNESDAY },
      }),
    },
    {
      after: 36 * MINUTE,
      route: 'update-meeting',
      request: ({ leadId }) => ({
        path: { meetingId: `${leadId}-1-m1` },
        body: { by: 'alice', startsAt: WEDNESDAY },
      }),
    },
    onLead(40 * MINUTE, 'tell-fact', (at) => ({ by: 'sam', fact: 'sequence_enrolled', occurredAt: at })),
  ],
  lasts: HOUR,
};

export const TALES = [
  ...[CLIMB, HANDLED, PAUSED, NOBODY, HELD, STOPPED],
  ...[WARMS, REVIEWED, ERASED, TAKEN_AWAY, SUPPRESSED, DEALT],
];
