/**
 * Writing back to the CRM (policy book §17): whenever one of the seven values changes, exactly one event of that change
 * carries them all, as they are after it.
 */
import type { CrmValues } from '../events/schemas.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import { event } from '../ladder/facts.ts';
import type { Decision } from '../ladder/facts.ts';
import { RESPONSE } from '../ladder/next.ts';
import type { EpochMs } from '../time.ts';

/** The event of a change about which there is nothing else to say. */
const OWN_EVENT = 'CrmFieldsChanged';

type SevenValues = Omit<CrmValues, 'revision'>;

/**
 * What a CRM holds of a lead: the values of the clock that a person of Sales has to look at. That is the response until
 * it is over, then what is due soonest of all that somebody in Sales owes, and the response again when nobody owes
 * anything (docs/adr/0032-every-row-is-enforced.md). Undefined for a lead whose policy does not enforce a response, and
 * for one whose personal data was removed: it names no record any more.
 */
export function crmFields(lead: Lead): SevenValues | undefined {
  const response = lead.clocks.findLast((candidate) => candidate.commitment === RESPONSE);
  if (response === undefined || lead.erasedAt !== null) return undefined;
  const clock = isOpen(response) ? response : (soonestOfSales(lead) ?? response);
  return {
    slaStart: clock.startedAt,
    slaDue: clock.dueAt,
    slaStatus: clock.status,
    priority: lead.priority,
    firstContact: lead.firstContactAt,
    attempts: lead.attempts,
    breachReason: breachReason(clock) ?? breachReason(response),
  };
}

/** Of the clocks that somebody owes in person the one that is due first; those that stand still come last. */
function soonestOfSales({ clocks }: Lead): Clock | undefined {
  const open = clocks.filter((clock) => isOpen(clock) && clock.owes !== null);
  const running = open.filter(({ status }) => status !== 'paused');
  return (running.length > 0 ? running : open).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
}

/** The first miss says why; it stays when an attempt comes afterwards, and goes when the verdict is turned. */
function breachReason(clock: Clock): string | null {
  const missed = clock.verdicts.find((verdict) => verdict.verdict === 'missed');
  if (missed === undefined || clock.status === 'met') return null;
  return missed.of > clock.dueAt ? `Met only at ${missed.of}; it was due ${clock.dueAt}.` : missed.because;
}

/**
 * The last thing before a lead is saved: if the values differ from those that the CRM was told last, the last event of
 * the change carries them, and an event of its own if there is none. What is still owed to the bus from earlier changes
 * goes without its values then, so that a late delivery does not bring back old ones.
 *
 * @param lead as it will be saved, its version counted up
 */
export function tellCrm(lead: Lead, effects: Effect[], now: EpochMs): Decision {
  const values = crmFields(lead);
  if (values === undefined || isSame(values, lead.crmTold)) return { lead, effects };
  const crm: CrmValues = { ...values, revision: lead.version };
  const told: Lead = { ...lead, crmTold: crm, owed: withoutCrm(lead.owed) };
  const carrier = effects.findLast((effect) => effect.kind === 'event');
  if (carrier === undefined) {
    const own = event(lead, OWN_EVENT, now, { key: String(lead.version) }, { crm });
    return { lead: told, effects: [...effects, own] };
  }
  const carrying = effects.map((effect) =>
    effect === carrier ? { ...carrier, data: { ...carrier.data, crm } } : effect,
  );
  return { lead: told, effects: carrying };
}

/** Effects of earlier changes, without the values that a later one has replaced. */
export function withoutCrm(effects: readonly Effect[]): Effect[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'event' || effect.data['crm'] === undefined) return [effect];
    if (effect.detailType === OWN_EVENT) return [];
    const data = Object.fromEntries(Object.entries(effect.data).filter(([field]) => field !== 'crm'));
    return [{ ...effect, data }];
  });
}

/** Field by field: the database keeps no order of fields. */
function isSame(values: SevenValues, told: CrmValues | undefined): boolean {
  return (
    told !== undefined &&
    values.slaStart === told.slaStart &&
    values.slaDue === told.slaDue &&
    values.slaStatus === told.slaStatus &&
    values.priority === told.priority &&
    values.firstContact === told.firstContact &&
    values.attempts === told.attempts &&
    values.breachReason === told.breachReason
  );
}
