import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../../../local/data/journal.ts';
import { DAY, MINUTE, START, bench, makeFolder } from './fixtures/bench.ts';

/** Runs the fixture until a function is in the middle of its work, and kills it there. */
async function killedInTheMiddle(): Promise<string> {
  const folder = makeFolder();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'killed.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return folder;
}

describe('after kill -9 in the middle of a function', () => {
  it('the segment runs again, every wait is there, and nothing that was done is done again', async () => {
    const folder = await killedInTheMiddle();
    expect(readFileSync(join(folder, 'sent.txt'), 'utf8')).toBe('sending\n');
    const after = bench(folder, {}, null);
    expect([...after.engine.executions.keys()]).toEqual(['parcel/p1', 'parcel/p2', 'parcel/p3']);
    expect(after.scheduler.clock.now()).toBeGreaterThanOrEqual(START);
    await after.scheduler.advance((now) => now + 2 * MINUTE);
    const sent = after.calls.filter(([name]) => name === 'send-parcel').map(([, parcel]) => parcel);
    expect(sent.sort()).toEqual(['p1', 'p3']);
    await after.scheduler.advance((now) => now + 70 * DAY);
    after.scheduler.stop();
    expect([...after.engine.executions.values()].map((one) => one.status)).toEqual(
      Array(3).fill('SUCCEEDED'),
    );
    expect(after.calls.filter(([name]) => name === 'send-parcel')).toHaveLength(3);
  });
});

describe('a journal', () => {
  it('drops a last line that was cut off, and goes on after the one before', () => {
    const file = join(makeFolder(), 'j.jsonl');
    const before = new Journal(file);
    before.append({ n: 1 });
    before.append({ n: 2 });
    before.close();
    appendFileSync(file, '{"n":3,"te');
    const after = new Journal(file);
    expect(after.length).toBe(2);
    after.append({ n: 4 });
    expect(after.values()).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }]);
    after.close();
  });

  it('is replaced as a whole', () => {
    const file = join(makeFolder(), 'j.jsonl');
    const journal = new Journal(file);
    for (let n = 0; n < 5; n += 1) journal.append({ n });
    journal.replace([{ n: 9 }]);
    journal.append({ n: 10 });
    expect(journal.lines()).toEqual(['{"n":9}', '{"n":10}']);
    journal.close();
  });
});
