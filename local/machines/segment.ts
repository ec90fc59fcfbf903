/** Runs one segment of an execution in the interpreter: from a state to the next wait or to the end. */
import type { RunOptions } from 'aws-local-stepfunctions';
import { overTheWire } from '../json.ts';
import type { Json } from '../json.ts';
import type { Machine } from './definition.ts';

/** How a segment ended. */
export type SegmentResult =
  | { kind: 'waits'; wait: string; input: Json }
  | { kind: 'succeeded'; output: Json }
  | { kind: 'failed'; error: string; cause: string }
  | { kind: 'aborted' };

/** Shortest pause before a retry while the clock runs fast, in real milliseconds. */
const SHORTEST_RETRY_MS = 10;

export interface SegmentRun {
  machine: Machine;
  from: string;
  input: Json;
  /** The context object, `$$`. */
  context: NonNullable<RunOptions['context']>;
  handlers: Record<string, (input: Json) => Promise<Json>>;
  /** How many of the clock's seconds pass in a real one: retries come sooner by as much. */
  haste: number;
  /** Called with the service's name of each event. */
  onEvent: (type: string, state: string | null) => void;
  onAbortable: (abort: () => void) => void;
}

/** Never throws: whatever goes wrong is the execution's failure. */
export async function runSegment(run: SegmentRun): Promise<SegmentResult> {
  const { machine, onEvent } = run;
  const { result, eventLogs, abort } = machine.from(run.from).run(run.input, {
    noThrowOnAbort: true,
    context: run.context,
    overrides: {
      taskResourceLocalHandlers: run.handlers,
      ...(run.haste === 1 ? {} : { retryIntervalOverrides: sooner(machine, run.haste) }),
    },
  });
  run.onAbortable(abort);
  // The failure is read from the log; the promise is only kept from being reported as unhandled.
  void result.catch(() => undefined);
  let outcome: SegmentResult = { kind: 'aborted' };
  let last = '';
  for await (const event of eventLogs) {
    switch (event.type) {
      case 'StateEntered':
        onEvent(
          `${machine.waits.has(event.state.name) ? 'Wait' : event.state.type}StateEntered`,
          event.state.name,
        );
        break;
      case 'StateExited':
        last = event.state.name;
        if (!machine.waits.has(last)) onEvent(`${event.state.type}StateExited`, last);
        break;
      case 'StateFailed':
        if (event.state.type === 'Task') onEvent('LambdaFunctionFailed', event.state.name);
        break;
      case 'ExecutionSucceeded':
        outcome = machine.waits.has(last)
          ? { kind: 'waits', wait: last, input: event.output }
          : { kind: 'succeeded', output: event.output };
        break;
      case 'ExecutionFailed':
        outcome = { kind: 'failed', error: event.Error, cause: text(event.Cause) };
        break;
      default:
        break;
    }
  }
  return outcome;
}

function sooner(machine: Machine, haste: number): Record<string, number[]> {
  const pauses = [...machine.retries].map(([state, intervals]): [string, number[]] => [
    state,
    intervals.map((seconds) => Math.max(SHORTEST_RETRY_MS, (seconds * 1000) / haste)),
  ]);
  return Object.fromEntries(pauses);
}

function text(cause: unknown): string {
  return typeof cause === 'string' ? cause : JSON.stringify(overTheWire(cause));
}
