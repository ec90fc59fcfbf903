/** Services that throttle, time out, break or answer twice, when a lead arrives and when it is breached. */
import { Backend } from '../support/services.ts';
import { record, type Recording, type Step } from './deaths.ts';
import { OUTAGES, type Outage } from './outages.ts';
import { Player } from './player.ts';
import { broken, different, see } from './promises.ts';
import { played } from './report.ts';
import { CLIMB } from './tales.ts';

let backend: Backend;
let recording: Recording;

beforeAll(async () => {
  backend = await Backend.start();
  recording = await record(backend, CLIMB);
});
afterAll(() => backend.stop());

/** Plays on from a step while the service is ill, until all is made good. */
async function play(step: Step, { begin, lasts, allowed = {} }: Outage): Promise<string[]> {
  const player = new Player(backend, CLIMB);
  await player.resume(step.position);
  const healed = Date.parse(backend.now()) + lasts;
  const heal = () => {
    if (Date.parse(backend.now()) < healed) return;
    backend.heal();
    backend.refuses = () => false;
  };
  player.before = heal;
  begin(backend);
  await player.play(async () => {
    heal();
    return (
      player.idle && Date.parse(backend.now()) >= healed && broken(await see(player), allowed).length === 0
    );
  });
  const seen = await see(player);
  const healthy = recording.seen.findLast(({ at }) => at <= Date.parse(backend.now()))!.seen;
  return [...player.refused, ...broken(seen, allowed), ...different(seen, healthy, allowed)];
}

it.each(OUTAGES)('$service: $name', async (outage) => {
  const faults: string[] = [];
  backend.struck = 0;
  for (const name of ['submit-lead', 'reassign-on-breach']) {
    const step = recording.steps.find((candidate) => candidate.name === name)!;
    const found = await play(step, outage);
    if (found.length > 0) faults.push(`from ${name} on:\n    ${found.join('\n    ')}`);
  }
  played(`outage of ${outage.service}`, 2, faults.length);
  expect(faults.join('\n')).toBe('');
  expect(backend.struck).toBeGreaterThan(0);
});
