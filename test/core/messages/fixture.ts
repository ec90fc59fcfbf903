/** A lead of 20 November 2026 with its response clock, and the people around it. */
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { GateState } from '../../../core/model/gate.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Person } from '../../../core/model/person.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import type { Role } from '../../../core/policy/schema/basics.ts';
import type { Criterion } from '../../../core/qualification/gate/types.ts';
import type { NoticeInput } from '../../../core/messages/index.ts';
import { epochMs } from '../../../core/time.ts';

const hours: [string, string][] = [['08:00', '18:00']];
const commitment = {
  id: 'mql.respond',
  title: 'First attempt',
  owes: 'owner',
  machine: 'mql-response',
  rungs: [
    { rung: 'remind', at: { percent: 50 }, tell: ['owner'], actions: [], outsideHours: 'wait' },
    {
      rung: 'warn',
      at: { percent: 75 },
      tell: ['owner', 'owner.manager'],
      actions: [],
      outsideHours: 'wait',
    },
    {
      rung: 'breach',
      at: { percent: 100 },
      tell: ['previous_owner', 'owner', 'role:vp_sales'],
      actions: ['reassign', 'manager_task'],
      outsideHours: 'wait',
    },
  ],
};

const marketing = {
  machine: 'commitment-clock',
  owes: 'marketing_ops',
  rungs: [
    { rung: 'remind', at: { percent: 50 }, tell: ['role:marketing_ops'], actions: ['flag_at_risk'] },
    { rung: 'breach', at: { percent: 100 }, tell: ['role:marketing_ops'], actions: ['log_breach'] },
    {
      rung: 'threshold',
      at: { afterStart: 'PT8H' },
      tell: ['role:marketing_director'],
      actions: ['escalate'],
    },
  ],
};

export const policy = {
  calendars: [
    {
      id: 'business',
      weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
      basis: 'prospect',
      publicHolidays: 'none',
      ownHolidays: [],
      overrides: {},
    },
  ],
  commitments: [
    commitment,
    { ...commitment, id: 'mql.route', title: 'Routing', machine: 'commitment-clock', owes: 'marketing_ops' },
    { ...marketing, id: 'marketing.score', title: 'Scoring' },
    { ...marketing, id: 'marketing.enrich', title: 'Enrichment' },
  ],
  scoring: { mqlAt: 60 },
  briefing: { parts: ['pain', 'meeting_context'] },
  strategicAccounts: { segments: ['enterprise'] },
  aeRejections: [
    { code: 'AE-REJ-01', reason: 'No genuine pain confirmed', effect: 'back_to_sal' },
    { code: 'AE-REJ-02', reason: 'Timeline beyond 12 months', effect: 'nurture' },
    { code: 'AE-REJ-03', reason: 'Wrong buyer', effect: 'sdr_re_engages' },
    { code: 'AE-REJ-04', reason: 'Meeting cancelled by the prospect', effect: 'stays_sal' },
    { code: 'AE-REJ-05', reason: 'Territory conflict', effect: 'revops_arbitrates' },
  ],
  intake: { gate: { enforced: ['disqualifiers'] } },
  publicHolidays: {},
  notifications: { attempts: 3, lease: 'PT2M' },
} as unknown as CompiledPolicy;

function person(personId: string, name: string, role: Role, more: Partial<Person> = {}): Person {
  return {
    personId,
    name,
    email: `${personId}@seller.example`,
    role,
    managerId: null,
    timeZone: 'America/New_York',
    calendar: 'business',
    territories: [],
    segments: [],
    verticals: [],
    partners: [],
    weight: 1,
    openLeadCap: null,
    onCall: false,
    active: true,
    availability: [],
    ...more,
  };
}

export const sam = person('sam', 'Sam Rep', 'sdr', { managerId: 'mona', phone: '+1 212 555 0100' });
export const nina = person('nina', 'Nina Next', 'sdr', { managerId: 'mona', timeZone: 'Europe/Berlin' });
export const mona = person('mona', 'Mona Manager', 'sdr_manager', { managerId: 'victor' });
export const victor = person('victor', 'Victor Vice', 'vp_sales');
export const olive = person('olive', 'Olive Ops', 'marketing_ops', { managerId: 'mark' });
export const mark = person('mark', 'Mark Director', 'marketing_director', { timeZone: 'Europe/Berlin' });
export const rex = person('rex', 'Rex Revenue', 'revops');
export const people = [sam, nina, mona, victor, olive, mark, rex];

const rung = (name: 'remind' | 'warn' | 'breach' | 'threshold', at: string) => ({
  rung: name,
  at,
  doneAt: null,
  outcome: null,
  reason: null,
});

export const clock: Clock = {
  clockId: 'mql.respond-1',
  commitment: 'mql.respond',
  n: 1,
  cycle: 1,
  status: 'within_sla',
  stop: ['first_attempt'],
  owes: 'sam',
  calendar: { id: 'business', timeZone: 'America/New_York', holidays: null },
  target: 'PT5M',
  targetFrom: 'source demo_request',
  startedAt: '2026-11-20T15:04:00.000Z',
  countsFrom: '2026-11-20T15:04:00.000Z',
  dueAt: '2026-11-20T15:09:00.000Z',
  metAt: null,
  metBy: null,
  verdicts: [],
  pauses: [],
  extensions: [],
  rungs: [
    rung('remind', '2026-11-20T15:06:30.000Z'),
    rung('warn', '2026-11-20T15:07:45.000Z'),
    rung('breach', '2026-11-20T15:09:00.000Z'),
  ],
  run: 1,
  wakeAt: null,
  explanation: '',
};

export const lead: Lead = {
  leadId: 'lead-1',
  version: 1,
  cycle: 1,
  status: 'assigned',
  crm: { system: 'salesforce', recordId: '00Q5g00000ABCDEFGH' },
  qualifiedAt: '2026-11-20T15:04:00.000Z',
  receivedAt: '2026-11-20T15:04:00.000Z',
  source: 'demo_request',
  score: 8261,
  contact: {
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@prospect.example',
    phone: '+1 617 555 0100',
    title: 'VP Engineering',
  },
  company: { name: 'Example Works' },
  signals: [],
  tier: 1,
  segment: 'mid_market',
  priority: 'hot',
  territory: 'us-east',
  zone: { timeZone: 'America/New_York', holidays: null, from: 'the lead' },
  afterHours: null,
  poolId: 'us-east',
  owner: {
    personId: 'sam',
    assignedAt: '2026-11-20T15:04:01.000Z',
    reason: 'It was your turn in us-east.',
    via: 'round_robin',
    n: 1,
  },
  previousOwners: [],
  unassignedSince: null,
  retryAssignAt: null,
  firstAttemptAt: null,
  firstContactAt: null,
  attempts: 0,
  backDatedActivities: 0,
  judged: [],
  flags: { atRisk: false, urgent: false, breachReview: false, escalated: false, backupQueue: false },
  clocks: [clock],
  held: [],
  cycleStartedAt: null,
  gate: null,
  life: NEW_LIFE,
  erasedAt: null,
  explanation: [],
  policyVersion: 'test',
  owed: [],
};

/** What is missing of the held lead: a number that cannot be one, and an address of a team. */
const failing: Criterion[] = [
  {
    criterion: 'completeness.phone',
    met: false,
    field: 'contact.phone',
    valueClass: 'too_short',
    wouldPass: 'a telephone number with its country code',
  },
  {
    criterion: 'email.role_based',
    met: false,
    field: 'contact.email',
    valueClass: 'role_based',
    wouldPass: 'the address of a person, not of a function or a team',
  },
];

export const gate: GateState = {
  decides: 'gate',
  toldSource: null,
  evaluatedAt: '2026-11-20T15:04:00.000Z',
  verdict: 'held',
  track: null,
  score: { total: 95, fit: 55, intent: 40 },
  failing,
  explanation: ['Held until Marketing has done its half: 95 points.', 'Missing: two things.'],
  review: null,
  heldAt: '2026-11-20T15:04:00.000Z',
  completedAt: null,
  passedAt: null,
};

/** Marketing's clock on the held lead, in the home office's hours. */
export const enrichment: Clock = {
  ...clock,
  clockId: 'marketing.enrich-1',
  commitment: 'marketing.enrich',
  stop: ['lead_enriched'],
  owes: null,
  target: 'PT4H',
  targetFrom: 'commitment marketing.enrich',
  dueAt: '2026-11-20T19:04:00.000Z',
  rungs: [
    rung('remind', '2026-11-20T17:04:00.000Z'),
    rung('breach', '2026-11-20T19:04:00.000Z'),
    rung('threshold', '2026-11-20T23:04:00.000Z'),
  ],
};

export const scoring: Clock = {
  ...enrichment,
  clockId: 'marketing.score-1',
  commitment: 'marketing.score',
  stop: ['lead_scored'],
  targetFrom: 'commitment marketing.score',
};

export const heldLead: Lead = { ...lead, status: 'held', owner: null, gate, clocks: [enrichment] };

/** A reminder for the owner, half way through the target. */
export const reminder: NoticeInput = {
  notice: 'reminder',
  lead,
  clock,
  recipient: sam,
  owner: sam,
  previousOwner: null,
  callFirst: null,
  policy,
  now: epochMs('2026-11-20T15:06:30Z'),
};

/** To Marketing Ops, that a lead is held. */
export const held: NoticeInput = {
  ...reminder,
  notice: 'held',
  lead: heldLead,
  clock: enrichment,
  recipient: olive,
  owner: null,
  now: epochMs('2026-11-20T15:04:00Z'),
};

export const prospect = { prospect: true as const, email: 'ada@prospect.example', name: 'Ada Byron' };
