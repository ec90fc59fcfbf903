/** A function dies after each single effect of each step, and somebody goes on. */
import { responseAnd } from '../support/rows.ts';
import { Backend } from '../support/services.ts';
import { deathsOf, die, record, words, type Recording } from './deaths.ts';
import type { Afterwards } from './player.ts';
import { played } from './report.ts';
import { TALES } from './tales.ts';

let backend: Backend;
/** Steps that have been played with these very commands: what is the same in another tale is the same fault. */
const done = new Set<string>();

beforeAll(async () => {
  // The clocks after the first attempt run on the same machines, and for longer than a tale lasts.
  backend = await Backend.start((policy) => responseAnd(policy, 'marketing.notify'));
});
afterAll(() => backend.stop());

describe.each(TALES)('$name', (tale) => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await record(backend, tale);
  });

  it.each(['retried', 'left'] satisfies Afterwards[])(
    'whatever dies is made good when it is %s',
    async (afterwards) => {
      const faults: string[] = [];
      let count = 0;
      for (const step of recording.steps) {
        const key = JSON.stringify([afterwards, step.name, step.commands.map(words)]);
        if (done.has(key) || (afterwards === 'left' && step.name === 'reconcile')) continue;
        done.add(key);
        for (const death of deathsOf(step.commands)) {
          if (afterwards === 'left' && death.when === 'before' && death.n > 0) continue;
          count += 1;
          const found = await die(backend, tale, recording, step, death, afterwards);
          if (found.length === 0) continue;
          const fault = `${step.name} dies ${death.when} ${death.n}, ${words(step.commands[death.n]!)}`;
          faults.push(`${fault}:\n    ${found.join('\n    ')}`);
        }
      }
      played(`death, ${afterwards}`, count, faults.length);
      expect(faults.join('\n')).toBe('');
    },
  );
});
