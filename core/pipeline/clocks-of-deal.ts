/** Which clocks are about an opportunity. */
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';

/** Those of rows with the subject `opportunity`, of the present cycle, which has one opportunity at most. */
export function clocksOfDeal({ commitments }: Pick<CompiledPolicy, 'commitments'>, lead: Lead): Clock[] {
  const rows = commitments.filter(({ subject }) => subject === 'opportunity').map(({ id }) => id);
  return lead.clocks.filter(({ cycle, commitment }) => cycle === lead.cycle && rows.includes(commitment));
}
