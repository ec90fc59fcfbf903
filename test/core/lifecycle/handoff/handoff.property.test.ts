import fc from 'fast-check';
import { aeAccept } from '../../../../core/lifecycle/commands/ae-accept.ts';
import { aeReject } from '../../../../core/lifecycle/commands/ae-reject.ts';
import { arbitrate } from '../../../../core/lifecycle/commands/arbitrate.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import { isRefused } from '../../../../core/lifecycle/commands/command.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { introduce } from '../../../../core/lifecycle/commands/introduce.ts';
import { promoteToSql } from '../../../../core/lifecycle/commands/promote.ts';
import { awaitsArbitration, handOver, needsAe, openHandoff } from '../../../../core/lifecycle/handoff.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Effect } from '../../../../core/model/effects.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { handoffsOf } from '../../../../core/model/life.ts';
import * as sqls from './sqls.ts';

let world: World;
beforeAll(async () => {
  world = await sqls.handoffWorld();
});

type Step = (at: World, lead: Lead) => Outcome;
const someone = fc.constantFrom('alice', 'ben', 'aaron', 'rex', 'sam');
const ae = fc.constantFrom('alice', 'ben');
const code = fc.integer({ min: 1, max: 5 }).map((n) => `AE-REJ-0${n}`);
const parts = fc.subarray(Object.entries(sqls.PARTS)).map((some) => Object.fromEntries(some));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.string({ minLength: 3 }).map(
    (pain): Step =>
      (at, lead) =>
        promoteToSql(at, lead, { ...sqls.PROMOTION, pain: `Pain ${pain}` }),
  ),
  parts.map(
    (some): Step =>
      (at, lead) =>
        completeBriefing(at, lead, { by: 'sam', parts: some }),
  ),
  fc.constant<Step>((at, lead) => completeBriefing(at, lead, { by: 'sam', parts: sqls.PARTS })),
  ae.map(
    (personId): Step =>
      (at, lead) =>
        handOver(at, lead, { ...sqls.ALICE, personId }),
  ),
  fc.constant<Step>((at, lead) => introduce(at, lead, { by: 'sam', recordedBy: 'manual' })),
  fc.record({ by: someone, briefingRead: fc.boolean() }).map(
    (asked): Step =>
      (at, lead) =>
        aeAccept(at, lead, asked),
  ),
  fc.record({ by: ae, code }).map(
    (asked): Step =>
      (at, lead) =>
        aeReject(at, lead, asked),
  ),
  fc.record({ by: fc.constantFrom('rex', 'alice'), personId: someone }).map(
    (asked): Step =>
      (at, lead) =>
        arbitrate(at, lead, { ...asked, reason: 'Theirs.' }),
  ),
);

/** Looks at the lead after each step; refused steps leave it as it was. */
function walk(
  steps: readonly Step[],
  look: (lead: Lead, effects: Effect[], again: () => Outcome) => void,
): void {
  let lead = sqls.sal(world);
  steps.forEach((one, i) => {
    const at = { ...world, now: world.now + i * 60_000 };
    const outcome = one(at, lead);
    if (isRefused(outcome)) return;
    lead = { ...outcome.lead, version: lead.version + 1 };
    const saved = lead;
    look(saved, outcome.effects, () => one(at, saved));
  });
}

const steps = fc.array(step, { minLength: 1, maxLength: 30 });

test('there are never two open clocks for the decision of an AE, and only while one is to decide', () => {
  fc.assert(
    fc.property(steps, (all) => {
      walk(all, (lead) => {
        const open = sqls.clocksOf(lead, 'ae.decide').filter(isOpen);
        expect(open.map(({ owes }) => owes)).toEqual(
          openHandoff(lead) === null ? [] : [openHandoff(lead)!.ae.personId],
        );
      });
    }),
  );
});

test('whatever is done twice is done once', () => {
  fc.assert(
    fc.property(steps, (all) => {
      walk(all, (lead, _effects, again) => {
        const outcome = again();
        if (!isRefused(outcome)) expect(outcome).toMatchObject({ lead, effects: [] });
      });
    }),
  );
});

test('an SQL waits for its briefing, for an AE, for their decision, or for RevOps, with a clock for each', () => {
  const waitsFor = (lead: Lead): string => {
    if (awaitsArbitration(lead)) return 'handoff.arbitrate';
    if (needsAe(lead)) return 'ae.notify';
    return openHandoff(lead) === null ? 'sql.briefing' : 'ae.decide';
  };
  fc.assert(
    fc.property(steps, (all) => {
      walk(all, (lead) => {
        if (lead.status === 'sql') expect(sqls.openClocks(lead)).toContain(waitsFor(lead));
        if (lead.status === 'opportunity') expect(sqls.openClocks(lead)).toContain('ae.discovery');
        if (lead.status === 'recycled') expect(lead.life.disposition).not.toBeNull();
      });
    }),
  );
});

test('handoffs are numbered in their order, all but the last are rejected, and every entry has its own id', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const seen = new Set<string>();
      walk(all, (lead, effects) => {
        const handoffs = handoffsOf(lead);
        expect(handoffs.map(({ n }) => n)).toEqual(handoffs.map((_one, i) => i + 1));
        expect(handoffs.slice(0, -1).every(({ rejected }) => rejected !== null)).toBe(true);
        for (const { id } of effects) {
          expect(seen).not.toContain(id);
          seen.add(id);
        }
      });
    }),
  );
});
