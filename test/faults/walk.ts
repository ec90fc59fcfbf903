/**
 * Walks an execution through the state machine files that are deployed, one task at a time, in a time that is only a
 * number: retries and waits take as long as the files say, and where an execution stands is data.
 */
import type { WorkflowState } from '../../core/model/effects.ts';
import { machine, type Machine, type MachineName, type State } from '../statemachines/machine.ts';

/** An execution and where it stands. */
export interface Run {
  name: string;
  machine: MachineName;
  /** The state that it enters at `at`. */
  state: string;
  at: number;
  input: Record<string, unknown>;
  /** How often each retrier of the present state has tried again. */
  tries: number[];
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** States that it has entered. */
  entered: string[];
}

/** Calls the function of a folder of `lambdas/workflow`. */
export type Invoke = (folder: string, input: Record<string, unknown>) => Promise<unknown>;

const machines: Record<MachineName, Machine> = {
  'mql-response': machine('mql-response'),
  'commitment-clock': machine('commitment-clock'),
};

/** An execution that has just been started. */
export function newRun(name: string, input: WorkflowState, at: number): Run {
  const which = input.clockId.startsWith('mql.respond') ? 'mql-response' : 'commitment-clock';
  const state = machines[which].StartAt;
  return { name, machine: which, state, at, input: { ...input }, tries: [], status: 'RUNNING', entered: [] };
}

/** Whether the execution stands at a wait. */
export function waits(run: Run): boolean {
  return run.status === 'RUNNING' && machines[run.machine].States[run.state]?.Type === 'Wait';
}

/** Goes on to the next state in which time passes: one task, or as many choices and waits as cost none. */
export async function walk(run: Run, invoke: Invoke): Promise<void> {
  const state = machines[run.machine].States[run.state]!;
  if (run.tries.length === 0) run.entered.push(run.state);
  switch (state.Type) {
    case 'Task':
      return task(run, state, invoke);
    case 'Choice':
      go(run, chosen(state, run.input));
      return;
    case 'Wait':
      // Waited for before it was entered, so that an execution that waits stands at its wait.
      go(run, state.Next!);
      return;
    case 'Succeed':
      run.status = 'SUCCEEDED';
      return;
    case 'Fail':
      run.status = 'FAILED';
      return;
  }
}

async function task(run: Run, state: State, invoke: Invoke): Promise<void> {
  const folder = state
    .Resource!.slice(2, -1)
    .replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
  let output: unknown;
  try {
    output = await invoke(folder, run.input);
  } catch (error) {
    failed(run, state, error as Error);
    return;
  }
  const answer = JSON.parse(JSON.stringify(output)) as Record<string, unknown>;
  run.input = run.state === 'Record the failure' ? { ...run.input, recorded: answer } : answer;
  go(run, state.Next!);
}

/** Tries again when the file says so, else goes where the error is caught. */
function failed(run: Run, state: State, { name, message }: Error): void {
  const retriers = state.Retry ?? [];
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, name));
  const retrier = retriers[index];
  const tried = run.tries[index] ?? 0;
  if (retrier !== undefined && tried < (retrier.MaxAttempts ?? 3)) {
    const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
    run.tries = retriers.map((_, n) => (run.tries[n] ?? 0) + (n === index ? 1 : 0));
    run.at += Math.min(IntervalSeconds * BackoffRate ** tried, MaxDelaySeconds) * 1000;
    return;
  }
  const caught = (state.Catch ?? []).find(({ ErrorEquals }) => matches(ErrorEquals, name));
  if (caught === undefined) {
    run.status = 'FAILED';
    return;
  }
  const field = (caught.ResultPath ?? '$.error').slice(2);
  run.input = { ...run.input, [field]: { Error: name, Cause: message } };
  go(run, caught.Next);
}

function matches(names: string[], error: string): boolean {
  return names.includes(error) || names.includes('States.ALL');
}

function chosen(state: State, input: Record<string, unknown>): string {
  const valueAt = (path: string) =>
    path
      .slice(2)
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], input);
  const met = state.Choices!.find(({ Variable, StringEquals }) => valueAt(Variable) === StringEquals);
  return met?.Next ?? state.Default!;
}

function go(run: Run, next: string): void {
  run.state = next;
  run.tries = [];
  if (machines[run.machine].States[next]?.Type === 'Wait') {
    const { at } = (run.input as unknown as WorkflowState).next;
    run.at = Math.max(run.at, Date.parse(at));
  }
}
