/** What is open about a person as the documentation shows it. */
import type { z } from 'zod';
import type { ConsequenceView, personConsequencesSchema } from '../../lambdas/api/schemas/consequences.ts';

export const openItem: ConsequenceView = {
  itemId: 'sam/2026-W47/coaching',
  ...{ personId: 'sam', period: '2026-W47', item: 'coaching', state: 'open', diagnostic: false },
  at: '2026-11-23T05:00:00.000Z',
  title: 'Coaching is due for sam, for their manager to decide',
  explanation:
    '1 missed commitment in week 2026-W47: mql.respond of lead lead-5f2c9a0b7d1e4c3a8b6f0d2e. It is for people to decide; nothing follows by itself.',
  breaches: [{ leadId: 'lead-5f2c9a0b7d1e4c3a8b6f0d2e', clockId: 'mql.respond-1' }],
  told: ['mona'],
  waiting: [],
  closed: null,
};

export const closedItem: ConsequenceView = {
  ...openItem,
  state: 'closed',
  closed: {
    ...{ at: '2026-11-24T15:00:00.000Z', by: 'mona' },
    reason: 'The call came during the power cut; talked it over.',
  },
};

export const personConsequences: z.input<typeof personConsequencesSchema> = {
  personId: 'sam',
  items: [openItem],
  compliance: {
    ...{ month: '2026-11', asOf: '2026-11-24T15:05:00.000Z' },
    counted: { judged: 40, met: 37, percent: 92.5 },
    diagnostic: { judged: 0, met: 0, percent: null },
    band: { id: 'warning', title: 'Warning of a reduction', reductionPercent: null },
  },
};
