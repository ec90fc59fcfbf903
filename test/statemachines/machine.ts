/** The state machine files as the tests look at them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface State {
  Type: 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail';
  Comment?: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: {
    ErrorEquals: string[];
    IntervalSeconds?: number;
    BackoffRate?: number;
    MaxDelaySeconds?: number;
    MaxAttempts?: number;
    JitterStrategy?: string;
  }[];
  Catch?: { ErrorEquals: string[]; ResultPath?: string; Next: string }[];
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Default?: string;
  Next?: string;
  TimestampPath?: string;
}

export interface Machine {
  Comment?: string;
  StartAt: string;
  TimeoutSeconds?: number;
  QueryLanguage?: string;
  States: Record<string, State>;
}

export const MACHINES = ['mql-response', 'commitment-clock'] as const;
export type MachineName = (typeof MACHINES)[number];

/** The file's text, exactly what is deployed. */
export function machineText(name: MachineName): string {
  return readFileSync(path.join(process.cwd(), 'statemachines', `${name}.asl.json`), 'utf8');
}

export function machine(name: MachineName): Machine {
  return JSON.parse(machineText(name)) as Machine;
}

/** The states of one type, as pairs of name and state. */
export function statesOf(definition: Machine, type: State['Type']): [string, State][] {
  return Object.entries(definition.States).filter(([, state]) => state.Type === type);
}

/** Every state to which a state may go, on success or on failure. */
export function successors(state: State): string[] {
  return [
    ...(state.Next === undefined ? [] : [state.Next]),
    ...(state.Default === undefined ? [] : [state.Default]),
    ...(state.Choices ?? []).map((choice) => choice.Next),
    ...(state.Catch ?? []).map((catcher) => catcher.Next),
  ];
}

/** The states that can be reached from one, itself included. */
export function reachable(definition: Machine, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...successors(definition.States[name]!));
  }
  return seen;
}

/** The names of the `${…}` placeholders, each once. */
export function placeholders(name: MachineName): string[] {
  const found = [...machineText(name).matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!);
  return [...new Set(found)].sort();
}
