/** What is kept beside a lead that was recycled: suppressions as they were owed, and what the prospect did. */
import type { Known } from '../../../core/lifecycle/gate-state.ts';
import { lookAtGate, submitAgain } from '../../../core/lifecycle/inquiry.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Effect } from '../../../core/model/effects.ts';
import type { Lead, LeadFacts } from '../../../core/model/lead.ts';
import type { Suppression } from '../../../core/model/suppression.ts';
import type { InquirySignal } from '../../../core/qualification/gate/types.ts';
import { returningOf, suppressedBy, windowOf } from '../../../core/qualification/suppression.ts';
import { iso } from '../../../core/time.ts';
import { demoRequest } from '../../support/world.ts';

export interface Kept {
  suppressions: Suppression[];
  signals: InquirySignal[];
}

export const NOTHING_KEPT: Kept = { suppressions: [], signals: [] };

/** With the suppressions that a decision owes: the last one of a subject and scenario holds. */
export function keep(world: World, { suppressions, signals }: Kept, effects: readonly Effect[]): Kept {
  const more = effects.flatMap((effect): Suppression[] => {
    if (effect.kind !== 'suppress') return [];
    const { scenario, subject: kind, reason, by, from } = effect;
    const until = windowOf(world.policy, scenario, from);
    const what = { suppressionId: `${kind}-${scenario}`, kind, value: null, scenario, reason };
    return [{ ...what, from, until, origin: { by, leadId: 'lead-1' } }];
  });
  const ids = more.map(({ suppressionId }) => suppressionId);
  const others = suppressions.filter(({ suppressionId }) => !ids.includes(suppressionId));
  return { suppressions: [...others, ...more], signals };
}

/** With one more act of the prospect, now. */
export function acted({ now }: World, kept: Kept, type: string): Kept {
  const act = { id: `${type}-${now}`, type, at: iso(now) };
  return { ...kept, signals: [...kept.signals, act] };
}

function knownOf(
  { policy, now }: World,
  about: Pick<LeadFacts, 'contact' | 'company'>,
  { suppressions, signals }: Kept,
): Known {
  const suppressed = suppressedBy(policy, suppressions, returningOf(policy, { ...about, signals }), now);
  return { signals, mx: 'takes_mail', suppressed };
}

/** The gate looks at the lead with all that is kept. */
export function looked(world: World, { contact, company, ...lead }: Lead, kept: Kept): Decision {
  return lookAtGate(world, { contact, company, ...lead }, knownOf(world, { contact, company }, kept));
}

/** The CRM qualifies the lead anew, by a source and its instant. */
export function posted(world: World, lead: Lead, kept: Kept, source: string, at = iso(world.now)): Decision {
  const { contact, company } = lead;
  const facts = { ...demoRequest(at), contact, company, source };
  return submitAgain(world, lead, facts, knownOf(world, { ...facts }, kept));
}
