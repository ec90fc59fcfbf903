/** The facts from which everything about people is reckoned, of all leads, in as little memory as they take. */
import { verdictOf, type JudgedLead } from '../../core/consequences/facts.ts';
import type { Lead } from '../../core/model/lead.ts';
import { handoffsOf } from '../../core/model/life.ts';
import type { HandedOver } from '../../core/reporting/ae-rejections.ts';
import { storedMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Services } from './services.ts';

export interface Facts {
  /** Leads of which a clock was missed, with their logged breaches, and of the others what was judged lately. */
  judged: JudgedLead[];
  /** Leads about which an AE has decided. */
  handedOver: HandedOver[];
  /** How many leads were looked at. */
  looked: number;
}

/**
 * @param behind leads that stored items are about: an index lags behind, and a lead that it does not show has not met
 *   its clocks by that
 * @param since from which deadline on met clocks are wanted, for compliance
 */
export async function gatherFacts(
  services: Pick<Services, 'leads'>,
  behind: Iterable<string>,
  since: EpochMs,
): Promise<Facts> {
  const seen = new Set<string>();
  const judged: JudgedLead[] = [];
  const handedOver: HandedOver[] = [];
  const take = async (leads: readonly Lead[]): Promise<void> => {
    for (const lead of leads) {
      seen.add(lead.leadId);
      if (handoffsOf(lead).some(({ accepted, rejected }) => accepted !== null || rejected !== null))
        handedOver.push({ leadId: lead.leadId, life: lead.life });
      if (!hasMissed(lead)) judged.push(...metOnly(lead, since));
    }
    judged.push(...(await Promise.all(leads.filter(hasMissed).map((lead) => withRecords(services, lead)))));
  };
  for await (const leads of services.leads.all()) await take(leads);
  const unseen = [...new Set(behind)].filter((leadId) => !seen.has(leadId));
  const found = await Promise.all(unseen.map((leadId) => services.leads.get(leadId)));
  await take(found.filter((lead) => lead !== undefined));
  return { judged, handedOver, looked: seen.size };
}

/** Whether any clock was ever held to be missed; what became of the verdict the records say. */
function hasMissed({ clocks }: Lead): boolean {
  return clocks.some(({ verdicts }) => verdicts.some(({ verdict }) => verdict === 'missed'));
}

async function withRecords({ leads }: Pick<Services, 'leads'>, lead: Lead): Promise<JudgedLead> {
  const { leadId, poolId, clocks, owner, previousOwners, cycle, cycleStartedAt } = lead;
  const records = (await leads.records(leadId)).filter(({ type }) => type === 'breach');
  return { leadId, poolId, clocks, owner, previousOwners, cycle, cycleStartedAt, records };
}

/** Whoever met a clock has met it, whatever its rungs were and whose the lead was before. */
function metOnly(lead: Lead, since: EpochMs): JudgedLead[] {
  const { leadId, poolId, cycle, cycleStartedAt } = lead;
  const clocks = lead.clocks
    .filter((clock) => verdictOf(clock) !== undefined && storedMs(clock.dueAt) >= since)
    .map((clock) => ({ ...clock, rungs: [], explanation: '' }));
  if (clocks.length === 0) return [];
  return [{ leadId, poolId, clocks, owner: null, previousOwners: [], cycle, cycleStartedAt, records: [] }];
}
