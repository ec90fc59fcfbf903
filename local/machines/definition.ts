/**
 * A state machine file, prepared for the interpreter: it is run in segments that end at a wait, so that a waiting
 * execution is nothing but an instant in the scheduler and a line in the journal.
 */
import { readFileSync } from 'node:fs';
import { StateMachine } from 'aws-local-stepfunctions';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';

const waitSchema = z.strictObject({
  Type: z.literal('Wait'),
  Comment: z.string().optional(),
  Seconds: z.int().nonnegative().optional(),
  SecondsPath: z.string().optional(),
  Timestamp: z.string().optional(),
  TimestampPath: z.string().optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
});
export type WaitState = z.infer<typeof waitSchema>;

const retrySchema = z.array(z.looseObject({ IntervalSeconds: z.number().default(1) }));
const branchSchema = z.looseObject({ States: z.record(z.string(), z.unknown()) });
const stateSchema = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Retry: retrySchema.optional(),
  Branches: z.array(branchSchema).optional(),
  Iterator: branchSchema.optional(),
  ItemProcessor: branchSchema.optional(),
});
const machineSchema = z.looseObject({
  QueryLanguage: z.literal('JSONPath').optional(),
  StartAt: z.string(),
  TimeoutSeconds: z.int().positive().optional(),
  States: z.record(z.string(), stateSchema),
});
const definitionSchema = z.custom<StateMachineDefinition>((value) => machineSchema.safeParse(value).success);

/** A state machine file that cannot be run here, and why. */
export class BadMachine extends Error {
  override readonly name = 'BadMachine';
}

export class Machine {
  readonly name: string;
  readonly startAt: string;
  /** Longest duration of an execution in seconds, or null. */
  readonly timeoutSeconds: number | null;
  readonly waits = new Map<string, WaitState>();
  /** Folder under `lambdas/workflow` by the name of the task. */
  readonly tasks = new Map<string, string>();
  /** Seconds before the first retry, for each retrier, by the name of the state. */
  readonly retries = new Map<string, number[]>();
  readonly #states: StateMachineDefinition['States'];
  readonly #segments = new Map<string, StateMachine>();

  /** @throws BadMachine */
  constructor(name: string, content: unknown) {
    const parsed = machineSchema.safeParse(content);
    if (!parsed.success) throw new BadMachine(`${name}: ${z.prettifyError(parsed.error)}`);
    this.name = name;
    this.startAt = parsed.data.StartAt;
    this.timeoutSeconds = parsed.data.TimeoutSeconds ?? null;
    for (const [state, definition] of Object.entries(parsed.data.States)) this.#read(state, definition, true);
    this.#states = { ...definitionSchema.parse(content).States };
    for (const state of this.waits.keys()) this.#states[state] = { Type: 'Pass', End: true };
  }

  /** The machine from a state on, up to and including the next wait. */
  from(state: string): StateMachine {
    let segment = this.#segments.get(state);
    if (segment === undefined) {
      // Files are validated by their tests; here it would cost more than the rest of the start.
      segment = new StateMachine(
        { StartAt: state, States: this.#states },
        { validationOptions: { noValidate: true } },
      );
      this.#segments.set(state, segment);
    }
    return segment;
  }

  #read(name: string, state: z.infer<typeof stateSchema>, top: boolean): void {
    if (state.Type === 'Wait') {
      if (!top) throw new BadMachine(`${this.name}: "${name}" waits inside a Parallel or Map state.`);
      const wait = waitSchema.safeParse(state);
      if (!wait.success)
        throw new BadMachine(`${this.name}, state "${name}": ${z.prettifyError(wait.error)}`);
      this.waits.set(name, wait.data);
    }
    if (state.Type === 'Task') this.tasks.set(name, this.#folder(name, state.Resource ?? ''));
    if (state.Retry !== undefined)
      this.retries.set(
        name,
        state.Retry.map((retrier) => retrier.IntervalSeconds),
      );
    for (const inner of [...(state.Branches ?? []), state.Iterator, state.ItemProcessor]) {
      for (const [key, value] of Object.entries(inner?.States ?? {}))
        this.#read(key, stateSchema.parse(value), false);
    }
  }

  /** `${AssignOwner}` is the function in `lambdas/workflow/assign-owner`. */
  #folder(name: string, resource: string): string {
    const placeholder = /^\$\{([A-Z][A-Za-z0-9]*)\}$/.exec(resource)?.[1];
    if (placeholder === undefined) {
      throw new BadMachine(
        `${this.name}: the Resource of "${name}" is "${resource}", not the name of a function.`,
      );
    }
    return placeholder.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
  }
}

/** Reads `<folder>/<name>.asl.json`. @throws BadMachine */
export function loadMachine(folder: string, name: string): Machine {
  return new Machine(name, JSON.parse(readFileSync(`${folder}/${name}.asl.json`, 'utf8')));
}
