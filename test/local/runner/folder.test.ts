import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder, DataInUse } from '../../../local/data/folder.ts';
import { BadOption, readOptions } from '../../../local/options.ts';
import { makeFolder } from './fixtures/bench.ts';

describe('the data folder', () => {
  it('is refused to a second runner while the first one lives', () => {
    const path = makeFolder();
    const first = new DataFolder(path);
    expect(() => new DataFolder(path)).toThrow(DataInUse);
    expect(() => new DataFolder(path)).toThrow(new RegExp(`process ${process.pid}.*--data`));
    first.close();
    new DataFolder(path).close();
  });

  it('is refused while another process lives, and free again when that is gone', () => {
    const path = makeFolder();
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.ppid }));
    expect(() => new DataFolder(path)).toThrow(DataInUse);
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: 2 ** 22 + 12345 }));
    new DataFolder(path).close();
  });

  it('keeps its key, and tells others where the API is only while it runs', () => {
    const path = join(makeFolder(), 'new');
    const folder = new DataFolder(path);
    const key = folder.apiKey();
    folder.announce({ url: 'http://x', apiKey: key, pid: 1 });
    expect(JSON.parse(readFileSync(join(path, 'endpoint.json'), 'utf8'))).toEqual({
      url: 'http://x',
      apiKey: key,
      pid: 1,
    });
    expect(statSync(join(path, 'api-key')).mode & 0o077).toBe(0);
    folder.close();
    expect(existsSync(join(path, 'endpoint.json'))).toBe(false);
    const again = new DataFolder(path);
    expect(again.apiKey()).toBe(key);
    again.close();
  });

  it('keeps the secret of suppressed people, which is another one in each folder', () => {
    const paths = [makeFolder(), makeFolder()];
    const secrets = [...paths, ...paths].map((path) => {
      const folder = new DataFolder(path);
      const secret = folder.secret();
      folder.close();
      expect(statSync(join(path, 'suppression-secret')).mode & 0o077).toBe(0);
      return secret;
    });
    expect(secrets.slice(2)).toEqual(secrets.slice(0, 2));
    expect(new Set(secrets).size).toBe(2);
    expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  });

  it('is removed with all that is in it when it is temporary', () => {
    const folder = new DataFolder(undefined);
    mkdirSync(folder.file('database'));
    folder.close();
    expect(existsSync(folder.path)).toBe(false);
  });
});

describe('the command line', () => {
  it('is read into options', () => {
    const args = ['--speed', '60', '--at', '2026-11-20T15:00:00+01:00', '--data=/tmp', '--port', '0', '--mx'];
    expect(readOptions(args)).toEqual({
      speed: 60,
      at: Date.parse('2026-11-20T14:00:00Z'),
      data: '/tmp',
      port: 0,
      mx: true,
    });
    expect(readOptions(['--help'])).toBe('help');
    expect(readOptions([])).toEqual({});
  });

  it.each([
    [['--speed', '0'], /--speed 0: must be a number above 0/],
    [['--speed', 'fast'], /--speed fast/],
    [['--at', '2026-11-20T15:00:00'], /--at .* with its offset/],
    [['--at', 'tomorrow'], /--at tomorrow/],
    [['--port', '99999'], /--port 99999/],
    [['--policy', 'none.yaml'], /--policy none.yaml: there is no such file/],
    [['--data', 'package.json'], /--data package.json: must be a folder/],
    [['--data', ''], /--data/],
    [['--sped', '3'], /--sped/],
    [['extra'], /extra/],
  ])('%j is refused', (args, message) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(message);
  });
});
