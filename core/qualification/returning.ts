/** What speaks for the return of somebody who is suppressed (policy book §13). */
import type { Company, Contact } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { completenessOf } from './gate/completeness.ts';
import { emailOf } from './gate/email.ts';
import { prepare } from './gate/intent-acts.ts';
import type { Prepared } from './gate/intent-acts.ts';
import { seen } from './gate/intent-windows.ts';
import type { Told } from './gate/intent-windows.ts';

export interface Returning {
  /** The latest high-intent act: a source of high intent, or an act of tier 1. */
  highIntentAt: Iso | null;
  /** The latest engagement of any kind that the policy knows; an unsubscription is none. */
  engagedAt: Iso | null;
  /** Whether there are a valid e-mail address and a valid phone number. */
  reachable: boolean;
}

/** The facts of a lead or of an inquiry. A source counts only with the instant at which it was acted on. */
export interface ReturningFacts {
  contact: Contact;
  company: Company;
  source?: string | undefined;
  qualifiedAt?: Iso | undefined;
  signals: readonly { id?: string | undefined; type: string; at: Iso; session?: string | undefined }[];
}

/** Classes of addresses at which a person can be reached, though the gate may refuse them. */
const REACHED_ALL_THE_SAME: readonly string[] = ['role_based', 'free_mail'];

export function returningOf(policy: CompiledPolicy, facts: ReturningFacts): Returning {
  const ready = prepare(policy);
  const told = toldBy(ready, facts);
  const engaged = told.filter(({ type }) => !ready.losses.has(type));
  return {
    highIntentAt: latest(highIntent(policy, ready, told)),
    engagedAt: latest(engaged.map(({ at }) => at)),
    reachable: isReachable(policy, facts),
  };
}

/** Signals of types that the policy knows, and the source as one more. */
function toldBy({ typesOf }: Prepared, { source, qualifiedAt, signals }: ReturningFacts): Told[] {
  const all = signals.map(({ id, type, at, session }, n) => ({ id: id ?? `#${n}`, type, at, session }));
  if (source !== undefined && qualifiedAt !== undefined) {
    all.push({ id: '#source', type: source, at: qualifiedAt, session: undefined });
  }
  return all.filter(({ type }) => typesOf.has(type)).map((one) => ({ ...one, at: storedMs(one.at) }));
}

function highIntent(policy: CompiledPolicy, { acts, typesOf }: Prepared, told: readonly Told[]): EpochMs[] {
  const tier1 = acts.filter(({ tier }) => tier === 1);
  const high = new Set([
    ...policy.sources.filter(({ intent }) => intent === 'high').map(({ id }) => id),
    ...tier1.map(({ id }) => id),
  ]);
  const kindsOf = (type: string) => typesOf.get(type) ?? [];
  const byAct = Map.groupBy(
    told.flatMap((one) => kindsOf(one.type).map((act) => ({ act, one }))),
    ({ act }) => act,
  );
  const acted = new Map([...byAct].map(([act, those]) => [act, those.map(({ one }) => one)]));
  return [
    ...told.filter(({ type }) => kindsOf(type).some((act) => high.has(act))).map(({ at }) => at),
    ...tier1
      .flatMap(({ rule, within }) => (rule === undefined ? [] : seen(rule, within, acted)))
      .map(({ done }) => done),
  ];
}

function isReachable({ mqlGate }: CompiledPolicy, facts: ReturningFacts): boolean {
  const { email, completeness } = mqlGate;
  const refuse = email.refuse.filter((kind) => !REACHED_ALL_THE_SAME.includes(kind) && kind !== 'invalid');
  const strict = {
    ...mqlGate,
    email: { ...email, refuse: ['invalid' as const, ...refuse] },
    completeness: { ...completeness, fields: ['email' as const, 'phone' as const], phone: 'valid' as const },
  };
  const criteria = [
    ...completenessOf({ mqlGate: strict }, facts),
    ...emailOf({ mqlGate: strict }, facts.contact.email, 'unknown'),
  ];
  return criteria.every(({ met }) => met);
}

function latest(instants: readonly EpochMs[]): Iso | null {
  return instants.length === 0 ? null : iso(instants.reduce((a, b) => Math.max(a, b)));
}
