/**
 * The acceptance suite: the same scenarios on the embedded runner and, where `ACCEPTANCE_TARGET` names them, on
 * deployed stacks. A deployed system really waits, so all scenarios run there at the same time.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { connect } from './engine.ts';
import type { Engine } from './engine.ts';
import { repeatedEvents } from './outcome.ts';
import { keep } from './report.ts';
import { Scene } from './scene.ts';
import type { Scenario } from './scene.ts';
import { availability } from './scenarios/availability.ts';
import { intake } from './scenarios/intake.ts';
import { ladder } from './scenarios/ladder.ts';
import { operations } from './scenarios/operations.ts';
import { pauses } from './scenarios/pauses.ts';

const scenarios: Scenario[] = [...intake, ...ladder, ...pauses, ...availability, ...operations];
const deployed = (process.env['ACCEPTANCE_TARGET'] ?? '') !== '';
const LONGEST_MS = 240_000;

let connected: Promise<Engine> | undefined;
const engine = (): Promise<Engine> => (connected ??= connectWithPeople());

async function connectWithPeople(): Promise<Engine> {
  const found = await connect();
  const file = readFileSync(path.join(__dirname, 'people.yaml'), 'utf8');
  for (const person of (parse(file) as { people: { personId: string }[] }).people) {
    const { status, body } = await found.call('PUT', `/v1/people/${person.personId}`, person);
    if (status !== 200) throw new Error(`${person.personId}: ${JSON.stringify(body)}`);
  }
  return found;
}

describe('acceptance', () => {
  afterAll(async () => {
    await (await connected)?.end();
  });

  const scenario = deployed ? test.concurrent : test;
  for (const { name, play } of scenarios) {
    scenario(
      name,
      async () => {
        const scene = await Scene.begin(await engine(), name);
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
