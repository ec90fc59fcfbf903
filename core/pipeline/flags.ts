/** Rules of a stage that do not refuse a close date: they are told (docs/adr/0026-remedies-are-commitments.md). */
import type { Opportunity } from '../model/life.ts';
import { stageOf } from '../model/pipeline.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';

/** What the opportunity's close date lacks in its stage, e.g. `close_date_without_economic_buyer_meeting`. */
export function flagsOf({ stages }: Pick<CompiledPolicy, 'stages'>, deal: Opportunity): string[] {
  const row = stages.find(({ stage }) => stage === stageOf(deal));
  const lacks = row?.closeDateNeeds !== undefined && deal.economicBuyerMeeting === null;
  return lacks && deal.closeDates.length > 0 ? [`close_date_without_${row.closeDateNeeds}`] : [];
}
