/** No way through a lead's life leaves it without somebody who owes the next step, or without its disposition. */
import fc from 'fast-check';
import { COMMANDS, isRefused } from '../../../../core/lifecycle/commands/command.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { allowedIn, isAllowed, TABLE } from '../../../../core/lifecycle/commands/table.ts';
import { MOVES } from '../../../../core/lifecycle/moves.ts';
import { CHECK_IN } from '../../../../core/ladder/appointed.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Lead, LeadStatus } from '../../../../core/model/lead.ts';
import { parsed } from '../../../support/events.ts';
import { assigned, enforcing, minutesLater, open, opportunity, sal, sql, vp } from './fixture.ts';
import type { Step } from './walk.ts';
import { erased, walk } from './walk.ts';

let start: World;
beforeAll(async () => {
  const world = await enforcing();
  const commitments = world.policy.commitments.map((row) => ({ ...row, enforced: true }));
  start = { ...world, policy: { ...world.policy, commitments } };
});

const WORKED_ON: LeadStatus[] = ['assigned', 'contacted', 'sal', 'sql'];

const SALES = ['owner', 'sdr', 'ae'];

/** Open commitments of which somebody is told when they are missed. */
function woken({ policy }: World, lead: Lead): string[] {
  return open(lead).filter((id) => policy.commitments.some((row) => row.id === id && row.machine !== 'none'));
}

/** Open clocks of Sales that nobody owes although somebody has the lead, and those of a cycle that is over. */
function adrift({ policy }: World, lead: Lead): string[] {
  return lead.clocks.filter(isOpen).flatMap(({ clockId, commitment, owes, cycle }) => {
    const row = policy.commitments.find(({ id }) => id === commitment);
    const isSales = row !== undefined && SALES.includes(row.owes) && row.subject !== 'meeting';
    const isNobodys = isSales && owes === null && lead.owner !== null;
    return isNobodys || cycle !== lead.cycle ? [clockId] : [];
  });
}

/** What the lead lacks, or null: somebody owns it and a clock runs, or it is gone and says why. */
function dropped(world: World, lead: Lead): string | null {
  const running = woken(world, lead);
  if (adrift(world, lead).length > 0) return `nobody owes ${adrift(world, lead).join(', ')}`;
  const { life, owner, status } = lead;
  if (WORKED_ON.includes(status)) {
    // Somebody has talked to the prospect while nobody was available: the time for assigning it runs on.
    const isRouted = owner !== null || (status === 'contacted' && running.includes('mql.route'));
    if (!isRouted) return 'no owner';
    if (life.closedAt !== null) return 'closed, and worked on';
    return running.length === 0 ? 'no open clock' : null;
  }
  if (status === 'opportunity' && life.closedAt === null) {
    return life.opportunity === null || running.length === 0 ? 'an opportunity without owner or clock' : null;
  }
  if (status === 'unassigned' || status === 'held')
    return running.length === 0 ? `${status}, and no clock` : null;
  if (life.rejection === null && life.disposition === null) return 'gone without a disposition';
  const sales = world.policy.commitments.filter(({ owes }) => SALES.includes(owes));
  const owed = open(lead).filter((id) => sales.some((row) => row.id === id && row.start !== CHECK_IN));
  return owed.length > 0 ? `gone, and Sales still owes ${owed.join(', ')}` : null;
}

/** Whether the tables have a way from one status to another. */
function isKnownWay(from: LeadStatus, to: LeadStatus): boolean {
  const ways = [...TABLE, ...MOVES];
  return from === to || ways.some((way) => way.from.some((one) => one === from) && way.to.includes(to));
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function after(lead: Lead, outcome: Outcome): Lead {
  if (isRefused(outcome) || outcome.lead === lead) return lead;
  return frozen({ ...outcome.lead, version: lead.version + 1 });
}

function checked(world: World, before: Lead, step: Step, n: number): Lead {
  const outcome = step.run(world, before, n);
  const lead = after(before, outcome);
  const on = `${step.name} in ${before.status}`;
  if (isRefused(outcome)) {
    expect([on, outcome.allowed]).toEqual([on, allowedIn(before.status)]);
    expect(outcome.detail).not.toBe('');
  } else {
    expect(parsed(outcome.effects)).toBe(true);
    expect([on, lead.status, isKnownWay(before.status, lead.status)]).toEqual([on, lead.status, true]);
    if (outcome.lead === before) expect([on, outcome.effects]).toEqual([on, []]);
  }
  expect([on, lead.status, dropped(world, lead)]).toEqual([on, lead.status, null]);
  if (step.command && !isRefused(outcome)) {
    const again = step.run(world, lead, n);
    expect([on, isRefused(again) ? again : again.lead === lead]).toEqual([on, true]);
  }
  return lead;
}

/** What a life may have come to. */
function milestones({ cycle, clocks, life }: Lead): string[] {
  const made = clocks.some(({ commitment, metBy }) => commitment === 'recycle.check_in' && metBy !== null);
  const outcome = life.opportunity?.closed?.outcome;
  return [
    ...(cycle > 1 ? ['returned'] : []),
    ...(made ? ['check-in made'] : []),
    ...(life.meetings.some(({ state }) => state === 'held') ? ['meeting held'] : []),
    ...(outcome === undefined ? [] : [outcome]),
  ];
}

test('whatever comes in whatever order: an open clock and an owner, or a disposition; a refusal changes nothing', () => {
  const seen = new Set<LeadStatus>();
  const lived = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(assigned, sal, sql, opportunity), walk, (from, steps) => {
      let world = minutesLater(start, 60);
      let lead = frozen(from(start, vp()));
      steps.forEach(({ step, minutes }, n) => {
        world = minutesLater(world, minutes);
        lead = checked(world, lead, step, n);
        seen.add(lead.status);
        milestones(lead).forEach((one) => lived.add(one));
      });
      const gone = erased(world, lead);
      expect([gone.clocks.filter(isOpen), COMMANDS.filter((one) => isAllowed(gone, one))]).toEqual([[], []]);
    }),
    { numRuns: 300 },
  );
  // The walks are long enough to see what they are about.
  const all: LeadStatus[] = [
    ...WORKED_ON,
    'opportunity',
    'held',
    'rejected',
    'recycled',
    'disqualified',
    'unassigned',
  ];
  expect(all.filter((status) => !seen.has(status))).toEqual([]);
  expect([...lived].sort()).toEqual(['check-in made', 'lost', 'meeting held', 'returned', 'won']);
});
