import { InFlight } from '../../../local/clock/in-flight.ts';

describe('room for more work', () => {
  test('is there at once while little waits, and otherwise when enough has begun', async () => {
    const inFlight = new InFlight(1);
    const begun: (() => void)[] = [];
    for (let n = 0; n < 3; n += 1) inFlight.run(() => new Promise<void>((resolve) => begun.push(resolve)));
    const seen: string[] = [];
    void inFlight.room(2).then(() => seen.push('two may wait'));
    void inFlight.room(1).then(() => seen.push('one may wait'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['two may wait']);
    begun[0]!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['two may wait', 'one may wait']);
  });

  test('work whose result is waited for gives it, or its error', async () => {
    const inFlight = new InFlight(1);
    await expect(inFlight.done(() => Promise.resolve(7))).resolves.toBe(7);
    await expect(inFlight.done(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await inFlight.settled();
  });
});
