/** One execution: what is known of it in memory, and the lines of the journal that bring it back. */
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';
import { anyJson } from '../json.ts';
import type { Json } from '../json.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

const statusSchema = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);

/** Type of the event as the service names it, and the state. Kept short: there may be a million of them. */
const eventSchema = z.tuple([z.number(), z.string(), z.string().nullable()]);
export type HistoryEvent = z.infer<typeof eventSchema>;

const endSchema = z.object({
  at: z.number(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
export type ExecutionEnd = z.infer<typeof endSchema>;

/** Where it goes on, with what, and not before which instant. */
const resumeSchema = z.object({ wait: z.string().nullable(), at: z.number(), input: anyJson });
export type Resume = z.infer<typeof resumeSchema>;

const startLine = z.object({
  k: z.literal('start'),
  machine: z.string(),
  name: z.string(),
  input: z.string(),
  startedAt: z.number(),
});
const stepLine = z.object({
  k: z.literal('step'),
  machine: z.string(),
  name: z.string(),
  at: z.number(),
  events: z.array(eventSchema),
  status: statusSchema,
  resume: resumeSchema.optional(),
  end: endSchema.optional(),
});
/** What the journal holds: that an execution began, and what each segment left. */
export const journalLine = z.discriminatedUnion('k', [startLine, stepLine]);
export type JournalLine = z.infer<typeof journalLine>;

export class Execution {
  readonly machine: string;
  readonly name: string;
  /** The very text that it was started with. */
  readonly input: string;
  readonly startedAt: EpochMs;
  status: ExecutionStatus = 'RUNNING';
  /** The state it is in, or ended in. */
  state: string | null = null;
  resume: Resume | null;
  end: ExecutionEnd | null = null;
  history: HistoryEvent[] = [];
  /** How much of the history is in the journal. */
  journaled = 0;
  abort: (() => void) | null = null;

  constructor(machine: string, name: string, input: string, parsed: Json, startedAt: EpochMs) {
    this.machine = machine;
    this.name = name;
    this.input = input;
    this.startedAt = startedAt;
    this.resume = { wait: null, at: startedAt, input: parsed };
    this.record(startedAt, 'ExecutionStarted', null);
  }

  get key(): string {
    return keyOf(this.machine, this.name);
  }

  record(at: EpochMs, type: string, state: string | null): void {
    this.history.push([at, type, state]);
    if (state !== null && type.endsWith('StateEntered')) this.state = state;
  }

  startLine(): JournalLine {
    return {
      k: 'start',
      machine: this.machine,
      name: this.name,
      input: this.input,
      startedAt: this.startedAt,
    };
  }

  /** What the journal does not hold yet. */
  stepLine(at: EpochMs, from = this.journaled): JournalLine {
    const events = this.history.slice(from);
    this.journaled = this.history.length;
    return {
      k: 'step',
      machine: this.machine,
      name: this.name,
      at,
      events,
      status: this.status,
      ...(this.resume === null ? {} : { resume: this.resume }),
      ...(this.end === null ? {} : { end: this.end }),
    };
  }

  /** Takes a line of the journal in. */
  replay(line: Extract<JournalLine, { k: 'step' }>): void {
    this.history = this.history.slice(0, this.journaled);
    for (const [at, type, state] of line.events) this.record(at, type, state);
    this.journaled = this.history.length;
    this.status = line.status;
    this.resume = line.resume ?? null;
    this.end = line.end ?? null;
  }
}

export function keyOf(machine: string, name: string): string {
  return `${machine}/${name}`;
}
