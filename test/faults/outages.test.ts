/**
 * Services that throttle, time out, break or answer twice: when a lead arrives and when it is breached, and whenever
 * somebody asks something about a lead on which Sales does not work yet.
 */
import { responseAnd } from '../support/rows.ts';
import { Backend } from '../support/services.ts';
import { record, type Recording, type Step } from './deaths.ts';
import { OUTAGES, type Outage } from './outages.ts';
import { Player, type Tale } from './player.ts';
import { broken, different, see } from './promises.ts';
import { played } from './report.ts';
import { CLIMB, ERASED, REVIEWED, SUPPRESSED, WARMS } from './tales.ts';

let backend: Backend;
const SCENES = [
  { tale: CLIMB, names: ['submit-lead', 'reassign-on-breach'] },
  { tale: WARMS, names: ['submit-inquiry', 'record-signals', 'update-lead'] },
  { tale: REVIEWED, names: ['review-inquiry'] },
  { tale: ERASED, names: ['erase-personal-data'] },
  { tale: SUPPRESSED, names: ['put-suppression'] },
];
let scenes: { tale: Tale; recording: Recording; step: Step }[];

beforeAll(async () => {
  // The clocks after the first attempt run on the same machines, and for longer than a tale lasts.
  backend = await Backend.start((policy) => responseAnd(policy, 'marketing.notify'));
  scenes = [];
  for (const { tale, names } of SCENES) {
    const recording = await record(backend, tale);
    for (const name of names) {
      scenes.push({ tale, recording, step: recording.steps.find((one) => one.name === name)! });
    }
  }
});
afterAll(() => backend.stop());

/** Plays on from a step while the service is ill, until all is made good. */
async function play(
  { tale, recording, step }: (typeof scenes)[number],
  { begin, lasts, allowed = {} }: Outage,
): Promise<string[]> {
  const player = new Player(backend, tale);
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
  for (const scene of scenes) {
    const found = await play(scene, outage);
    if (found.length > 0) faults.push(`from ${scene.step.name} on:\n    ${found.join('\n    ')}`);
  }
  played(`outage of ${outage.service}`, scenes.length, faults.length);
  expect(faults.join('\n')).toBe('');
  expect(backend.struck).toBeGreaterThan(0);
});
