/** The lifecycle core: one whole life of commands per second, beside copying the lead as it is at the end. */
import { takeAttempt } from '../core/lifecycle/activity.ts';
import { accept } from '../core/lifecycle/commands/accept.ts';
import { aeAccept } from '../core/lifecycle/commands/ae-accept.ts';
import { completeBriefing } from '../core/lifecycle/commands/briefing.ts';
import { introduce } from '../core/lifecycle/commands/introduce.ts';
import { promoteToSql } from '../core/lifecycle/commands/promote.ts';
import { isRefused } from '../core/lifecycle/commands/command.ts';
import type { Outcome } from '../core/lifecycle/commands/command.ts';
import { handOver } from '../core/lifecycle/handoff.ts';
import { receiveLead } from '../core/lifecycle/inquiry.ts';
import { assign } from '../core/ladder/assign.ts';
import type { World } from '../core/ladder/tell.ts';
import { isOpen } from '../core/model/clock.ts';
import type { Lead, LeadFacts } from '../core/model/lead.ts';
import { bookMeeting } from '../core/pipeline/meetings.ts';
import { updateMeeting } from '../core/pipeline/meeting-update.ts';
import { updateOpportunity } from '../core/pipeline/update.ts';
import { epochMs, iso } from '../core/time.ts';
import { loadPeople } from '../lib/policy/people.ts';
import { loadPolicy } from '../lib/policy/load.ts';
import { PROJECT } from '../tools/shared/cdk.ts';
import { number, table } from './table.ts';

const NINE = epochMs('2026-11-17T14:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEASURED_MS = 3000;
const STAGES = [2, 3, 4, 5];
/** What one item of the database may hold. */
const LIMIT_KB = 400;

interface Command {
  name: string;
  /** After the command before it. */
  afterMs: number;
  run: (world: World, lead: Lead) => Outcome;
}

/** Runs the section. @returns a table for the terminal */
export async function benchLifeCore(): Promise<string> {
  const world = await enforcing();
  const commands = wholeLife();
  const lives = rate(() => lived(world, commands));
  const { lead, slowest } = lived(world, commands);
  const copies = rate(() => structuredClone(lead));
  const open = lead.clocks.filter(isOpen).length;
  const parts = Object.entries(lead)
    .map(([name, value]) => ({ name, bytes: sizeOf(value) }))
    .sort((a, b) => b.bytes - a.bytes);
  const rows = [
    ['commands/s', number(lives * commands.length), `${number(copies)} copies of the lead at its end`],
    ['commands of a life', commands.length, ''],
    ['largest step, ms', number(slowest.ms), slowest.name],
    ['clocks at the end', lead.clocks.length, `${lead.clocks.length - open} closed, ${open} open`],
    ['bytes of the lead at the end', number(sizeOf(lead)), `an item may have ${LIMIT_KB} kB`],
    ...parts.slice(0, 4).map(({ name, bytes }) => [`of these, ${name}`, number(bytes), '']),
    ['bytes of one closed clock', number(sizeOf(lead.clocks) / lead.clocks.length), ''],
  ];
  return table('One whole life, all rows enforced', ['what', 'measured', 'reference'], rows, [
    'From the demo request to won: attempts, acceptance, SQL, briefing, introduction, AE, five stages, meetings.',
    'The copy is a structured clone: what it takes to write the same lead down without deciding anything.',
    `Bytes are those of the JSON. Most clocks: ${mostOf(lead)}.`,
  ]);
}

async function enforcing(): Promise<World> {
  const policy = await loadPolicy(`${PROJECT}/policy/default.yaml`);
  const commitments = policy.commitments.map((row) => ({ ...row, enforced: true }));
  const people = await loadPeople(`${PROJECT}/policy/people.yaml`);
  return { policy: { ...policy, commitments }, roster: { version: 1, people }, now: NINE };
}

/** Plays a life from its beginning; the slowest command with its time. */
function lived(start: World, commands: readonly Command[]) {
  let lead = received(start);
  let world = start;
  let slowest = { name: '', ms: 0 };
  for (const { name, afterMs, run } of commands) {
    world = { ...world, now: world.now + afterMs };
    const begun = performance.now();
    const outcome = run(world, lead);
    const ms = performance.now() - begun;
    if (isRefused(outcome)) throw new Error(`${name}: ${outcome.detail}`);
    if (ms > slowest.ms) slowest = { name, ms };
    lead = { ...outcome.lead, version: lead.version + 1 };
  }
  return { lead, slowest };
}

function received(world: World): Lead {
  const facts: LeadFacts = {
    crm: { system: 'salesforce', recordId: '00Q5g00000ABCDE' },
    ...{ qualifiedAt: iso(world.now), source: 'demo_request', score: 82, signals: [] },
    contact: {
      ...{ firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+1 617 555 0142' },
      ...{ title: 'VP Engineering', country: 'US', region: 'MA' },
    },
    company: { name: 'Example', domain: 'example.com', employees: 1200, industry: 'software' },
  };
  const known = { signals: [], mx: 'takes_mail' as const, suppressed: null };
  const taken = receiveLead(world, '0190f7a4-5b5e-7c3d-9f10-aaaabbbbcccc', facts, known).lead;
  return assign(world, taken, { personId: 'sam', reason: 'Next in the round robin.', via: 'round_robin' })
    .lead;
}

/** In the order of a life that goes well, about eight weeks. */
function wholeLife(): Command[] {
  const briefing = { pain: 'Slow', timeline: 'March', stakeholders: 'The CFO', meeting_context: 'A pilot' };
  return [
    { name: 'call', afterMs: 2 * MINUTE_MS, run: attempt('sam', 'no_answer') },
    { name: 'accept', afterMs: 3 * MINUTE_MS, run: (world, lead) => accept(world, lead, { by: 'sam' }) },
    ...[1, 2, 3].map(() => ({ name: 'call', afterMs: DAY_MS, run: attempt('sam', 'no_answer') })),
    { name: 'talk', afterMs: DAY_MS, run: attempt('sam', 'connected') },
    { name: 'promote', afterMs: DAY_MS, run: promoted },
    {
      name: 'brief',
      afterMs: 0,
      run: (world, lead) => completeBriefing(world, lead, { by: 'sam', parts: briefing }),
    },
    {
      name: 'hand over',
      afterMs: 0,
      run: (world, lead) =>
        handOver(world, lead, { personId: 'alice', reason: 'Next in the round robin.', via: 'round_robin' }),
    },
    {
      name: 'introduce',
      afterMs: 60 * MINUTE_MS,
      run: (world, lead) => introduce(world, lead, { by: 'sam', recordedBy: 'system' }),
    },
    {
      name: 'accept as AE',
      afterMs: 60 * MINUTE_MS,
      run: (world, lead) => aeAccept(world, lead, { by: 'alice', briefingRead: true }),
    },
    { name: 'first touch', afterMs: 60 * MINUTE_MS, run: attempt('alice', 'connected') },
    ...meeting('discovery'),
    ...STAGES.flatMap((stage) => [
      ...(stage === 3 ? meeting('economic_buyer') : []),
      { name: `stage ${stage}`, afterMs: 4 * DAY_MS, run: entered(stage) },
      { name: 'call', afterMs: 2 * DAY_MS, run: attempt('alice', 'connected') },
      ...meeting('other'),
    ]),
    {
      name: 'won',
      afterMs: DAY_MS,
      run: (world, lead) => updateOpportunity(world, lead, { by: 'alice', closed: { outcome: 'won' } }),
    },
  ];
}

function attempt(personId: string, outcome: 'no_answer' | 'connected'): Command['run'] {
  return (world, lead) =>
    takeAttempt(world, lead, {
      ...{ activityId: `call-${world.now}`, type: 'call', outcome, occurredAt: world.now, personId },
      recordedBy: { kind: 'system', name: 'dialler' },
    });
}

function promoted(world: World, lead: Lead): Outcome {
  return promoteToSql(world, lead, {
    by: 'sam',
    meeting: { startsAt: iso(world.now + DAY_MS), link: 'https://meet.example/abc' },
    ...{ pain: 'Leads wait for two days', timeline: 'Before the end of March' },
    meddpic: {
      metrics: '30 % of demo requests get no call',
      decision_process: 'VP decides with finance',
      implicate_pain: 'They lost two deals in October',
    },
  });
}

/** A stage is entered with all that it asks for, and with its next step. */
function entered(stage: number): Command['run'] {
  return (world, lead) => {
    const civil = (days: number): string => iso(world.now + days * DAY_MS).slice(0, 10);
    return updateOpportunity(world, lead, {
      ...{ by: 'alice', stage, amount: 50_000, closeDate: civil(13) },
      nextStep: { what: `Review ${stage} with the CFO`, due: civil(2) },
      ...(stage === 4 && { proposalSentAt: iso(world.now), followedUpAt: iso(world.now) }),
    });
  };
}

/** Booked, prepared, held and noted down. */
function meeting(kind: 'discovery' | 'economic_buyer' | 'other'): Command[] {
  const latest = (lead: Lead): string => lead.life.meetings.at(-1)?.meetingId ?? '';
  return [
    {
      name: `book ${kind}`,
      afterMs: 60 * MINUTE_MS,
      run: (world, lead) => bookMeeting(world, lead, { by: 'alice', kind, startsAt: world.now + 2 * DAY_MS }),
    },
    {
      name: `prepare ${kind}`,
      afterMs: 30 * MINUTE_MS,
      run: (world, lead) =>
        updateMeeting(world, lead, {
          ...{ by: 'alice', meetingId: latest(lead) },
          ...{ invitedAt: world.now, researchedAt: world.now, debriefedAt: world.now },
        }),
    },
    {
      name: `hold ${kind}`,
      afterMs: 2 * DAY_MS,
      run: (world, lead) =>
        updateMeeting(world, lead, {
          ...{ by: 'alice', meetingId: latest(lead) },
          ...{ state: 'held', notes: 'They want a pilot, and the CFO has asked for figures.' },
        }),
    },
  ];
}

/** The commitments of which the lead has had most clocks. */
function mostOf({ clocks }: Lead): string {
  const counted = [...Map.groupBy(clocks, ({ commitment }) => commitment)].map(([id, all]) => ({
    id,
    n: all.length,
  }));
  const most = counted.sort((a, b) => b.n - a.n).slice(0, 6);
  return most.map(({ id, n }) => `${id} ${n}`).join(', ');
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Calls per second, after a first round that lets the engine compile. */
function rate(call: () => unknown): number {
  for (let i = 0; i < 20; i++) call();
  const begun = performance.now();
  let calls = 0;
  do {
    call();
    calls += 1;
  } while (performance.now() - begun < MEASURED_MS);
  return (calls / (performance.now() - begun)) * 1000;
}
