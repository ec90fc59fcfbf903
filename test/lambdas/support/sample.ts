/** A lead with one running clock, and as much of a policy as the stores need. */
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { clock, lead, policy } from '../../core/messages/fixture.ts';

export const smallPolicy: CompiledPolicy = {
  ...policy,
  reconciler: { owedAfter: 'PT1M', overdueAfter: 'PT2M' },
};

/** As after its first save: owned by Sam, nothing owed, the execution not yet noted. */
export const sampleLead: Lead = { ...lead, version: 1, owed: [], clocks: [{ ...clock, wakeAt: null }] };
