/** Deaths of a function, made from what its steps really ask for: a new effect is covered by itself. */
import type { Backend } from '../support/services.ts';
import type { Heard } from '../support/troubles.ts';
import { Player, type Afterwards, type Position, type Tale } from './player.ts';
import { broken, different, see, type Seen } from './promises.ts';
import { waits } from './walk.ts';

/** One call of a function in the healthy play. */
export interface Step {
  name: string;
  commands: Heard[];
  /** Where the play stood before it. */
  position: Position;
}

export interface Recording {
  steps: Step[];
  /** Where everything waited, each place once. */
  rests: { place: string; position: Position }[];
  /** What was to be seen after each step, by the instant. */
  seen: { at: number; seen: Seen }[];
}

export interface Death {
  n: number;
  when: 'before' | 'after';
}

const API =
  /^(submit|record|pause|resume|extend|set|update|review|erase|put|lift|accept|promote|ae|book|tell)-/;

/** The tale without any fault. */
export async function record(backend: Backend, tale: Tale): Promise<Recording> {
  const player = new Player(backend, tale);
  const recording: Recording = { steps: [], rests: [], seen: [] };
  let step: Omit<Step, 'commands'>;
  player.before = async (name) => {
    step = { name, position: await player.position() };
    await warm(backend);
    backend.dieAt(Infinity, 'before');
  };
  player.after = () => void recording.steps.push({ ...step, commands: backend.heard });
  await player.begin();
  await player.play(async () => {
    const seen = structuredClone(await see(player));
    recording.seen.push({ at: Date.parse(backend.now()), seen });
    const place = player.runs
      .filter(waits)
      .map(({ state }) => state)
      .join(' and ');
    if (player.idle && place !== '' && recording.rests.every((rest) => rest.place !== place)) {
      recording.rests.push({ place, position: await player.position() });
    }
    return false;
  });
  const found = [...player.refused, ...broken(recording.seen.at(-1)!.seen)];
  if (found.length > 0) throw new Error(`${tale.name}: ${found.join('; ')}`);
  return recording;
}

/**
 * Where a step can die: before it has asked for anything, after each write, and before a command that runs beside
 * others. Everything else is the same as one of these.
 */
export function deathsOf(commands: Heard[]): Death[] {
  return commands.flatMap(({ command, alone }, n): Death[] => [
    ...(n === 0 || !alone ? [{ n, when: 'before' as const }] : []),
    ...(/^(Get|Query|BatchGet)Command$/.test(command) ? [] : [{ n, when: 'after' as const }]),
  ]);
}

/** Lets a step die, plays on until all is made good, and tells which promises are broken. */
export async function die(
  backend: Backend,
  tale: Tale,
  recording: Recording,
  step: Step,
  death: Death,
  afterwards: Afterwards,
): Promise<string[]> {
  const player = new Player(backend, tale);
  await player.resume(step.position);
  await warm(backend);
  player.afterwards = afterwards;
  const hit = { died: false };
  let calls = 0;
  player.before = () => {
    if (calls++ === 0) backend.dieAt(death.n, death.when);
  };
  player.after = () => void (hit.died ||= backend.dead);
  let seen = await see(player);
  const allowed = { repeatedMails: isGap(step.commands, death) ? 1 : 0 };
  await player.play(async () => {
    if (!player.idle) return false;
    seen = await see(player);
    return broken(seen, allowed).length === 0;
  });
  seen = await see(player);
  const now = Date.parse(backend.now());
  const healthy = recording.seen.findLast(({ at }) => at <= now)!.seen;
  const unasked = afterwards === 'left' && API.test(step.name);
  return [
    ...(hit.died ? [] : ['it did not die']),
    ...player.refused,
    ...broken(seen, allowed),
    ...(unasked ? [] : different(seen, healthy, allowed)),
  ];
}

/** A process that has read the people before: so that a step asks for the same things whenever it is played. */
async function warm(backend: Backend): Promise<void> {
  await backend.services.roster.load();
}

/** The gap of ADR 6: the mail has gone, and nobody has been able to say so. */
function isGap(commands: Heard[], { n, when }: Death): boolean {
  return when === 'after' && commands[n]?.command === 'SendEmailCommand';
}

/** A command in words, for the name of the fault. */
export function words({ command, input }: Heard): string {
  const sk = input.Item?.['sk'] ?? input.Key?.['sk'];
  return `${command.replace('Command', '')} ${typeof sk === 'string' ? sk.split('#')[0]! : ''}`.trim();
}
