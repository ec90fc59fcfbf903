/** Executions that are gone: an operator has stopped them, wherever they stood, or the machine itself was deleted. */
import { StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { responseAnd } from '../support/rows.ts';
import { Backend } from '../support/services.ts';
import { record, type Recording } from './deaths.ts';
import { Player, type Position } from './player.ts';
import { broken, different, see } from './promises.ts';
import { played } from './report.ts';
import { CLIMB, HANDLED, HELD, NOBODY, PAUSED, WARMS } from './tales.ts';

let backend: Backend;
beforeAll(async () => {
  // The clocks after the first attempt run on the same machines, and for longer than a tale lasts.
  backend = await Backend.start((policy) => responseAnd(policy, 'marketing.notify'));
});
afterAll(() => backend.stop());

const deleted = new StateMachineDoesNotExist({ $metadata: {}, message: 'it was deleted' });
const GONE_FOR = 5 * 60_000;

describe.each([CLIMB, HANDLED, PAUSED, NOBODY, HELD, WARMS])('$name', (tale) => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await record(backend, tale);
  });

  it.each(['an operator stops every execution', 'the machines are deleted for five minutes'])(
    '%s, wherever they stand: others take over',
    async (fault) => {
      const faults: string[] = [];
      for (const { place, position } of recording.rests) {
        const found = await play(position, fault.includes('deleted') ? GONE_FOR : 0);
        if (found.length > 0) faults.push(`at ${place}:\n    ${found.join('\n    ')}`);
      }
      played('executions lost', recording.rests.length, faults.length);
      expect(faults.join('\n')).toBe('');
      expect(recording.rests.length).toBeGreaterThan(0);
    },
  );

  async function play(position: Position, goneFor: number): Promise<string[]> {
    const player = new Player(backend, tale);
    await player.resume(position);
    const back = Date.parse(backend.now()) + goneFor;
    if (goneFor > 0) backend.fail('StartExecutionCommand', deleted);
    const heal = () => {
      if (Date.parse(backend.now()) >= back) backend.heal();
    };
    player.before = heal;
    player.stop();
    await player.play(async () => {
      heal();
      return player.idle && Date.parse(backend.now()) >= back && broken(await see(player)).length === 0;
    });
    const seen = await see(player);
    const healthy = recording.seen.findLast(({ at }) => at <= Date.parse(backend.now()))!.seen;
    return [...player.refused, ...broken(seen), ...different(seen, healthy)];
  }
});

it('a contact that comes while nothing waits for the lead meets its clock, and nothing takes over', async () => {
  const player = new Player(backend, { ...HANDLED, stops: 58 * 60_000 });
  await player.begin();
  await player.play();
  expect(broken(await see(player))).toEqual([]);
  expect(player.runs.map(({ status }) => status)).toEqual(['ABORTED']);
  expect((await backend.lead(player.leadId)).clocks[0]!.status).toBe('met');
});
