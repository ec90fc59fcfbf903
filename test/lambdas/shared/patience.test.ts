import { setTimeout as sleep } from 'node:timers/promises';
import { VersionConflict } from '../../../lambdas/shared/errors.ts';
import { inLine, withPatience } from '../../../lambdas/shared/patience.ts';

describe('patience', () => {
  beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => jest.restoreAllMocks());

  const losing = (times: number) => {
    let tried = 0;
    return () => {
      tried += 1;
      return tried <= times ? Promise.reject(new VersionConflict('moved on')) : Promise.resolve(tried);
    };
  };

  it('tries again until it works, and no more', async () => {
    expect(await withPatience(5, losing(0))).toBe(1);
    expect(await withPatience(5, losing(4))).toBe(5);
  });

  it('ends with the conflict after so many attempts in all', async () => {
    await expect(withPatience(4, losing(4))).rejects.toBeInstanceOf(VersionConflict);
    await expect(withPatience(1, losing(1))).rejects.toBeInstanceOf(VersionConflict);
  });

  it('has none with any other error', async () => {
    const run = jest.fn(() => Promise.reject(new Error('table is gone')));
    await expect(withPatience(5, run)).rejects.toThrow('table is gone');
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('a line', () => {
  it('lets calls of one key go one after the other, in their order', async () => {
    const seen: string[] = [];
    const run = (name: string, ms: number) =>
      inLine('pool', async () => {
        seen.push(`${name} in`);
        await sleep(ms);
        seen.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([run('a', 15), run('b', 1), run('c', 5)])).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('does not keep other keys waiting', async () => {
    let free = (): void => undefined;
    const held = inLine('one', () => new Promise<void>((resolve) => (free = resolve)));
    expect(await inLine('other', () => Promise.resolve('done'))).toBe('done');
    free();
    await held;
  });

  it('goes on after somebody has failed, who alone hears of it', async () => {
    const failed = inLine('pool', () => Promise.reject(new Error('mine')));
    const next = inLine('pool', () => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('mine');
    expect(await next).toBe('fine');
    expect(await inLine('pool', () => Promise.resolve('again'))).toBe('again');
  });
});
