/**
 * Golden positions: leads whose clocks were started by a version of this code that is gone, as it left them in the
 * tables and in the state machines, wherever an execution can wait. `golden/README.md` tells when to add a version.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Backend } from '../support/services.ts';
import { record, type Recording } from './deaths.ts';
import { Player, type Position, type Tale } from './player.ts';
import { TALES } from './tales.ts';

const FOLDER = path.join(process.cwd(), 'test', 'faults', 'golden');

type Items = Record<string, unknown>[];

/** One file: where a play stood. The people are kept once for all files of a version. */
interface Golden {
  tale: string;
  place: string;
  position: Position;
}

/** Versions that are kept, oldest first. */
export const VERSIONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** All that a version has left. */
export function goldenOf(version: string): Golden[] {
  const people = read(version, 'people.json') as Items;
  return readdirSync(path.join(FOLDER, version))
    .filter((name) => name !== 'people.json')
    .sort()
    .map((name) => {
      const golden = read(version, name) as Golden;
      const own = golden.position.kept.roster;
      const roster = [...people.filter((item) => !own.some((one) => keyOf(one) === keyOf(item))), ...own];
      return { ...golden, position: { ...golden.position, kept: { ...golden.position.kept, roster } } };
    });
}

/** Writes what the present code leaves at each place where an execution can wait, and with everything still owed. */
export async function writeGolden(backend: Backend, version: string): Promise<void> {
  mkdirSync(path.join(FOLDER, version));
  await backend.begin(TALES[0]!.begins);
  const people = await backend.rosterItems();
  write(version, 'people.json', people);
  const seen = new Set<string>();
  for (const tale of TALES) {
    const recording = await record(backend, tale);
    const found = [...recording.rests, ...before(recording), ...(await owing(backend, tale, recording))];
    for (const { place, position } of found) {
      if (seen.has(place)) continue;
      seen.add(place);
      const known = new Set(people.map((item) => JSON.stringify(item)));
      const roster = position.kept.roster.filter((item) => !known.has(JSON.stringify(item)));
      const golden = {
        tale: tale.name,
        place,
        position: { ...position, kept: { ...position.kept, roster } },
      };
      write(version, `${place.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`, golden);
    }
  }
}

/** What people ask of a lead on which nobody works yet: no execution may wait for it. */
const ASKED = ['record-signals', 'update-lead', 'review-inquiry', 'erase-personal-data', 'submit-inquiry'];

function before({ steps }: Recording): Recording['rests'] {
  return steps
    .filter(({ name, position }) => ASKED.includes(name) && position.kept.leads.length > 0)
    .map(({ name, position }) => ({ place: `Before ${name}`, position }));
}

/** Steps that together owe every kind of effect. */
const OWING = [
  { name: 'reassign-on-breach', place: 'Breach with everything owed' },
  { name: 'record-signals', place: 'Signals with everything owed' },
  { name: 'erase-personal-data', place: 'Erasure with everything owed' },
];

/** After a save of which nothing has been performed. */
async function owing(backend: Backend, tale: Tale, { steps }: Recording): Promise<Recording['rests']> {
  const found: Recording['rests'] = [];
  for (const { name, place } of OWING) {
    const step = steps.find((candidate) => candidate.name === name);
    if (step === undefined) continue;
    const player = new Player(backend, tale);
    await player.resume(step.position);
    const save = step.commands.findIndex(({ input }) => input.Item?.['sk'] === 'LEAD');
    await backend.services.roster.load();
    backend.dieAt(save, 'after');
    await player.play(() => Promise.resolve(true));
    found.push({ place, position: await player.position() });
  }
  return found;
}

function keyOf({ pk, sk }: Items[number]): string {
  return JSON.stringify([pk, sk]);
}

function read(version: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, version, name), 'utf8'));
}

function write(version: string, name: string, content: unknown): void {
  writeFileSync(path.join(FOLDER, version, name), `${JSON.stringify(content, null, 1)}\n`);
}
