/**
 * Executions of the state machines: started by name, run segment by segment, waiting as timers, remembered in a
 * journal. What a segment starts with is in the journal before it runs, so that after a crash it runs again.
 */
import type { EpochMs } from '../../core/time.ts';
import type { Scheduler } from '../clock/scheduler.ts';
import type { Journal } from '../data/journal.ts';
import { parseJson } from '../json.ts';
import type { Json } from '../json.ts';
import type { Machine } from './definition.ts';
import { Execution, journalLine, keyOf } from './execution.ts';
import type { ExecutionEnd, ExecutionStatus } from './execution.ts';
import { taskHandlers } from './functions.ts';
import type { LambdaHandler, TaskHandler } from './functions.ts';
import { runSegment } from './segment.ts';
import type { SegmentResult } from './segment.ts';
import { BadWait, waitsUntil } from './wait.ts';

/** Real pauses before retries become this much shorter while the clock is advanced. */
const ADVANCING_HASTE = 1_000_000;

const TERMINAL_EVENT: Record<Exclude<ExecutionStatus, 'RUNNING'>, string> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

export interface EngineParts {
  machines: Machine[];
  /** The function of a folder in `lambdas/workflow`. */
  functions: ReadonlyMap<string, LambdaHandler>;
  journal: Journal;
  /** Called when an execution has ended, with what it came to. */
  onEnd?: (execution: Execution) => void;
}

export class Engine {
  readonly machines: ReadonlyMap<string, Machine>;
  readonly executions = new Map<string, Execution>();
  readonly #parts: EngineParts;
  readonly #handlers: ReadonlyMap<string, Record<string, TaskHandler>>;
  #scheduler: Scheduler | undefined;

  /**
   * Reads the journal; nothing runs before {@link begin}.
   * @throws Error if a task has no function
   */
  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.machines = new Map(parts.machines.map((machine) => [machine.name, machine]));
    this.#handlers = new Map(
      parts.machines.map((machine) => [machine.name, taskHandlers(machine, parts.functions)]),
    );
    for (const value of parts.journal.values()) this.#read(value);
    const compact = [...this.executions.values()].flatMap((one) => [
      one.startLine(),
      one.stepLine(latest(one), 0),
    ]);
    if (compact.length < parts.journal.length) parts.journal.replace(compact);
  }

  /** The latest instant of which anything is known, 0 for none. */
  get lastEntry(): EpochMs {
    return [...this.executions.values()].reduce((last, one) => Math.max(last, latest(one)), 0);
  }

  /** Takes up every open execution where it stood. */
  begin(scheduler: Scheduler): void {
    this.#scheduler = scheduler;
    for (const one of this.executions.values()) {
      if (one.resume !== null) scheduler.add(one.key, one.resume.at);
    }
  }

  /** Starts an execution that does not exist yet; answers before anything of it has run. */
  start(machine: Machine, name: string, input: string): Execution {
    const one = new Execution(machine.name, name, input, parseJson(input), this.#clock.now());
    this.executions.set(one.key, one);
    this.#parts.journal.append(one.startLine());
    this.#timers.inFlight.run(() => this.fire(one.key, one.startedAt));
    return one;
  }

  /** Ends an execution by force; does nothing if it has ended. */
  stop(one: Execution, error: string | undefined, cause: string | undefined): void {
    if (one.status !== 'RUNNING') return;
    one.abort?.();
    this.#finish(one, 'ABORTED', {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
  }

  /** Runs the next segment of an execution whose instant has come; a timer that is out of date does nothing. */
  async fire(key: string, at: EpochMs): Promise<void> {
    const one = this.executions.get(key);
    const machine = one === undefined ? undefined : this.machines.get(one.machine);
    if (one?.resume?.at !== at || machine === undefined || one.abort !== null) return;
    const { wait, input } = one.resume;
    const limit = deadline(one, machine);
    if (limit !== null && this.#clock.now() >= limit) {
      this.#finish(one, 'TIMED_OUT', {});
      return;
    }
    if (wait !== null) one.record(this.#clock.now(), 'WaitStateExited', wait);
    const next = wait === null ? machine.startAt : machine.waits.get(wait)?.Next;
    const result: SegmentResult =
      next === undefined ? { kind: 'succeeded', output: input } : await this.#run(one, machine, next, input);
    if (one.status === 'RUNNING') this.#settle(one, machine, result);
  }

  #run(one: Execution, machine: Machine, from: string, input: Json): Promise<SegmentResult> {
    const { clock } = this.#timers;
    return runSegment({
      machine,
      from,
      input,
      context: { Execution: { Name: one.name }, StateMachine: { Name: machine.name } },
      handlers: this.#handlers.get(machine.name) ?? {},
      haste: clock.frozen ? ADVANCING_HASTE : clock.speed,
      onEvent: (type, state) => {
        if (one.status === 'RUNNING') one.record(clock.now(), type, state);
      },
      onAbortable: (abort) => (one.abort = abort),
    });
  }

  #settle(one: Execution, machine: Machine, result: SegmentResult): void {
    one.abort = null;
    switch (result.kind) {
      case 'succeeded':
        this.#finish(one, 'SUCCEEDED', { output: JSON.stringify(result.output) });
        break;
      case 'failed':
        this.#finish(one, 'FAILED', { error: result.error, cause: result.cause });
        break;
      case 'aborted':
        this.#finish(one, 'ABORTED', {});
        break;
      case 'waits':
        this.#wait(one, machine, result.wait, result.input);
        break;
    }
  }

  #wait(one: Execution, machine: Machine, wait: string, input: Json): void {
    const state = machine.waits.get(wait);
    if (state === undefined) return;
    try {
      const limit = deadline(one, machine) ?? Infinity;
      const at = Math.min(waitsUntil(state, input, this.#clock.now()), limit);
      one.resume = { wait, at, input };
      this.#parts.journal.append(one.stepLine(this.#clock.now()));
      this.#timers.add(one.key, at);
    } catch (error) {
      if (!(error instanceof BadWait)) throw error;
      this.#finish(one, 'FAILED', { error: 'States.Runtime', cause: error.message });
    }
  }

  #finish(one: Execution, status: Exclude<ExecutionStatus, 'RUNNING'>, end: Omit<ExecutionEnd, 'at'>): void {
    const at = this.#clock.now();
    one.status = status;
    one.resume = null;
    one.abort = null;
    one.end = { at, ...end };
    one.record(at, TERMINAL_EVENT[status], null);
    this.#parts.journal.append(one.stepLine(at));
    this.#parts.onEnd?.(one);
  }

  #read(value: unknown): void {
    const line = journalLine.parse(value);
    const key = keyOf(line.machine, line.name);
    if (line.k === 'start') {
      const { machine, name, input, startedAt } = line;
      this.executions.set(key, new Execution(machine, name, input, parseJson(input), startedAt));
    } else this.executions.get(key)?.replay(line);
  }

  get #timers(): Scheduler {
    if (this.#scheduler === undefined) throw new Error('The engine has not begun.');
    return this.#scheduler;
  }

  get #clock(): Scheduler['clock'] {
    return this.#timers.clock;
  }
}

function latest(one: Execution): EpochMs {
  return one.end?.at ?? one.history.at(-1)?.[0] ?? one.startedAt;
}

function deadline(one: Execution, machine: Machine): EpochMs | null {
  return machine.timeoutSeconds === null ? null : one.startedAt + machine.timeoutSeconds * 1000;
}
