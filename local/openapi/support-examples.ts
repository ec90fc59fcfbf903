/** A support ticket and its reports as the documentation shows them. */
import type { z } from 'zod';
import type {
  outageSchema,
  partnerMonthSchema,
  remediesSchema,
} from '../../lambdas/api/schemas/support-reports.ts';
import type { TicketView } from '../../lambdas/api/schemas/ticket.ts';

const openedAt = '2026-11-20T15:04:05.000Z';
const dueAt = '2026-11-20T15:19:05.000Z';
const month = { name: '2026-11', from: '2026-11-01T04:00:00.000Z', to: '2026-12-01T05:00:00.000Z' };

const ticket: TicketView = {
  ticketId: 'ticket-5f2c9a0b7d1e4c3a8b6f0d2e',
  state: 'open',
  desk: { system: 'zendesk', recordId: '4711' },
  customer: { id: 'acme', kind: 'enterprise' },
  severity: 'critical',
  service: 'mail',
  zone: { timeZone: 'America/New_York', holidays: 'US' },
  ownerId: 'sam',
  openedAt,
  receivedAt: '2026-11-20T15:04:06.000Z',
  firstResponseAt: null,
  resolvedAt: null,
  contacts: 0,
  reopened: 0,
  dueAt,
  exclusions: [],
  clocks: [
    {
      clockId: 'support.critical.response-1',
      commitment: 'support.critical.response',
      status: 'within_sla',
      owes: 'sam',
      target: 'PT15M',
      targetFrom: 'severity critical',
      calendar: { id: 'around_the_clock', timeZone: 'America/New_York', holidays: null },
      startedAt: openedAt,
      countsFrom: openedAt,
      dueAt,
      metAt: null,
      metBy: null,
      verdicts: [],
      pauses: [],
      extensions: [],
      rungs: [{ rung: 'breach', at: dueAt, doneAt: null, outcome: null, reason: null }],
      explanation:
        'Response, system down: 15 minutes (severity critical), counted from 2026-11-20T15:04:05.000Z on calendar around_the_clock in America/New_York.',
      executionArn:
        'arn:aws:states:eu-central-1:123456789012:execution:lead-sla-prod-commitment-clock:ticket-5f2c9a0b7d1e4c3a8b6f0d2e-support-critical-response-1',
    },
  ],
  policyVersion: '2026-11-01',
};

const answered: TicketView = {
  ...ticket,
  ...{ state: 'answered', firstResponseAt: '2026-11-20T15:12:00.000Z', contacts: 1, dueAt: null },
  clocks: ticket.clocks.map((clock) => ({ ...clock, status: 'met', metAt: '2026-11-20T15:12:00.000Z' })),
};

const excluded: TicketView = {
  ...ticket,
  exclusions: [
    {
      exclusion: 'scheduled_maintenance',
      from: '2026-11-20T15:30:00.000Z',
      to: '2026-11-20T16:30:00.000Z',
      by: 'mona',
    },
  ],
};

const outage: z.input<typeof outageSchema> = {
  service: 'mail',
  outageId: 'o-1',
  from: '2026-11-20T15:00:00.000Z',
  to: '2026-11-20T15:40:00.000Z',
  exclusion: null,
  by: 'rex',
};

const remedies: z.input<typeof remediesSchema> = {
  customerId: 'acme',
  kind: 'enterprise',
  month,
  complete: true,
  availability: [
    {
      service: 'mail',
      promisedPercent: 99.99,
      percent: 99.907,
      downtimeMs: 2_400_000,
      excludedMs: 0,
      budgetMs: 259_560,
      kept: false,
      usedUpAt: '2026-11-20T15:04:20.000Z',
    },
  ],
  tickets: { judged: 2, met: 2, percent: 100 },
  leftOut: null,
  credits: [{ percent: 10, because: 'mail: 40 minutes down of 4.33 allowed at 99.99 %.' }],
  creditPercent: 10,
  analyses: [
    {
      analysisId: 'acme/mail/2026-11/root_cause',
      because: 'The budget of mail for 2026-11 was used up.',
      from: '2026-11-20T15:04:20.000Z',
      dueAt: '2026-11-30T15:04:20.000Z',
    },
  ],
};

const partner: z.input<typeof partnerMonthSchema> = {
  partnerId: 'p-17',
  month,
  complete: true,
  leads: 20,
  promises: [
    {
      ...{ commitment: 'mql.respond', within: 'PT30M', promisedPercent: 90 },
      ...{ judged: 20, met: 17, percent: 85, running: 0, kept: false, creditPercent: 5 },
    },
  ],
  completeness: { judged: 20, met: 19, percent: 95 },
  creditPercent: 5,
  leadsRead: 412,
};

export const supportAnswers = {
  'submit-ticket': ticket,
  'get-ticket': ticket,
  'get-ticket-timeline': {
    ticketId: ticket.ticketId,
    timeline: [
      {
        entryId: 'ticket_opened',
        at: '2026-11-20T15:04:06.000Z',
        what: 'ticket_opened',
        who: 'desk:zendesk',
        why: 'Opened 2026-11-20T15:04:05.000Z with severity critical, for customer acme.',
      },
    ],
  },
  'update-ticket': ticket,
  'record-ticket-activity': answered,
  'exclude-ticket': excluded,
  'put-outage': outage,
  'get-remedies': remedies,
  'get-partner-report': partner,
};
