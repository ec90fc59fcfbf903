/**
 * The acceptance suite: the same scenarios on the embedded runner and, where `ACCEPTANCE_TARGET` names them, on
 * deployed stacks. A deployed system really waits, so all scenarios run there at the same time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './engine.ts';
import type { Engine } from './engine.ts';
import { repeatedEvents } from './outcome.ts';
import { PEOPLE } from './people.ts';
import { forget, keep } from './report.ts';
import { Scene } from './scene.ts';
import type { Scenario } from './scene.ts';
import { availability } from './scenarios/availability.ts';
import { gate } from './scenarios/gate.ts';
import { inquiries } from './scenarios/inquiries.ts';
import { intake } from './scenarios/intake.ts';
import { ladder } from './scenarios/ladder.ts';
import { life } from './scenarios/life.ts';
import { operations } from './scenarios/operations.ts';
import { pauses } from './scenarios/pauses.ts';

// Those that take longest on a real clock come first.
const scenarios: Scenario[] = [
  ...operations,
  ...ladder,
  ...inquiries,
  ...life,
  ...availability,
  ...pauses,
  ...intake,
  ...gate,
];
const deployed = (process.env['ACCEPTANCE_TARGET'] ?? '') !== '';
const LONGEST_MS = 240_000;
/** Deployed functions start as processes of this machine: not all at the same moment. */
const APART_MS = 1500;

let connected: Promise<Engine> | undefined;
const engine = (): Promise<Engine> => (connected ??= connectWithPeople());

async function connectWithPeople(): Promise<Engine> {
  const found = await connect();
  forget(found.name);
  for (const person of PEOPLE) {
    const { status, body } = await found.call('PUT', `/v1/people/${person.personId}`, person);
    if (status !== 200) throw new Error(`${person.personId}: ${JSON.stringify(body)}`);
  }
  if (deployed) await warmUp(found);
  return found;
}

/** One lead ahead of all others, so that the functions have been started once. */
async function warmUp(found: Engine): Promise<void> {
  const scene = await Scene.begin(found, 'Warm-up');
  const { leadId } = await scene.assigned('p-intake', 'contact_sales');
  await scene.contact(leadId);
}

describe('acceptance', () => {
  afterAll(async () => {
    await (await connected)?.end();
  });

  const scenario = deployed ? test.concurrent : test;
  for (const [place, { name, play }] of scenarios.entries()) {
    scenario(
      name,
      async () => {
        const ready = await engine();
        if (deployed) await sleep(place * APART_MS);
        const scene = await Scene.begin(ready, name);
        await play(scene);
        const outcome = await scene.outcome();
        keep(outcome);
        // Once for each clock, rung and recipient (policy book §5).
        expect(Object.entries(outcome.mails).filter(([, times]) => times > 1)).toEqual([]);
        expect(await repeatedEvents(scene)).toEqual([]);
      },
      LONGEST_MS,
    );
  }
});
