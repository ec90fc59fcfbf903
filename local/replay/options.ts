/** The command line of a replay. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { epochMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { ReplayOptions } from './run.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'samples');

export const USAGE = `npm run replay -- [FILE.csv --map MAPPING.yaml] [options]

  --limit N          the first N leads to arrive
  --contacts FILE    first contacts, in place of the file that the mapping names
  --until INSTANT    where the clock stops; without it, when every ladder has ended
  --url URL --key K  a system that runs already
  --data DIR         a system that runs already, by its data folder
  --rate N           leads a second, towards a system whose clock cannot be set (10)
  --policy FILE      policy of the embedded system
  --people FILE      people of the embedded system

Without --url and --data the embedded system is started for the replay, on data that are thrown away afterwards.
Without FILE a small sample is played. Mappings: samples/olist.map.yaml shows every part.`;

const text = { type: 'string' } as const;
const OPTIONS = {
  ...{ map: text, limit: text, contacts: text, until: text, url: text, key: text, data: text },
  ...{ rate: text, policy: text, people: text, help: { type: 'boolean' as const } },
} as const;

/** The options of a command line. @throws TypeError for what cannot be understood; null if help is asked for */
export function replayOptions(args: string[]): ReplayOptions | null {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help === true) return null;
  const { limit, rate, until, map, ...rest } = values;
  const [file, ...others] = positionals;
  if (others.length > 0)
    throw new TypeError(`Only one file can be played at a time; what is ${others.join(' ')}?`);
  if (file === undefined && map !== undefined) throw new TypeError('--map needs a FILE.csv before it.');
  if (file !== undefined && map === undefined) throw new TypeError(`${file} needs --map MAPPING.yaml.`);
  return {
    ...rest,
    file: file ?? join(SAMPLES, 'leads.csv'),
    map: map ?? join(SAMPLES, 'leads.map.yaml'),
    limit: limit === undefined ? undefined : positive('--limit', limit, true),
    rate: rate === undefined ? undefined : positive('--rate', rate, false),
    until: until === undefined ? undefined : instant(until),
  };
}

function positive(name: string, value: string, whole: boolean): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number) && (!whole || Number.isInteger(number))) return number;
  throw new TypeError(`${name} must be a ${whole ? 'whole ' : ''}number above 0, not ${value}.`);
}

function instant(value: string): EpochMs {
  try {
    return epochMs(value);
  } catch {
    throw new TypeError(
      `--until must be an instant with its offset, such as 2017-09-01T00:00:00Z, not ${value}.`,
    );
  }
}
