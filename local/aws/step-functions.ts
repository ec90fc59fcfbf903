/** Step Functions over the wire, as far as the handlers, operators and tests use it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Engine } from '../machines/engine.ts';
import type { Execution, HistoryEvent } from '../machines/execution.ts';
import { keyOf } from '../machines/execution.ts';
import type { Machine } from '../machines/definition.ts';
import { page } from './paging.ts';
import type { Operation } from './protocol.ts';
import { ServiceError, checked } from './protocol.ts';

const ARN_BASE = 'arn:aws:states:us-east-1:000000000000';
/** Characters that the service refuses in a name: blanks, brackets, wildcards, some signs, control characters. */
// eslint-disable-next-line no-control-regex -- control characters are among those that the service refuses
const BAD_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;
const LONGEST_NAME = 80;

const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const startRequest = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().default('{}'),
});
const executionRequest = z.object({ executionArn: z.string() });
const listRequest = z.object({ stateMachineArn: z.string(), statusFilter: z.string().optional(), ...paging });
const historyRequest = executionRequest.extend({ reverseOrder: z.boolean().default(false), ...paging });
const stopRequest = executionRequest.extend({ error: z.string().optional(), cause: z.string().optional() });

export function machineArn(machine: string): string {
  return `${ARN_BASE}:stateMachine:${machine}`;
}

/** The operations by name. */
export function stepFunctions(engine: Engine): Record<string, Operation> {
  return {
    StartExecution: (request) => start(engine, checked(startRequest, request)),
    DescribeExecution: (request) => describe(found(engine, checked(executionRequest, request).executionArn)),
    ListExecutions: (request) => {
      const { stateMachineArn, statusFilter, ...where } = checked(listRequest, request);
      const machine = machineOf(engine, stateMachineArn);
      const all = [...engine.executions.values()]
        .filter(
          (one) =>
            one.machine === machine.name && (statusFilter === undefined || one.status === statusFilter),
        )
        .reverse();
      const { items, nextToken } = page(all, where);
      return { executions: items.map(brief), nextToken };
    },
    GetExecutionHistory: (request) => {
      const { executionArn, reverseOrder, ...where } = checked(historyRequest, request);
      const one = found(engine, executionArn);
      const events = one.history.map((event, index) => historyEvent(one, event, index + 1));
      const { items, nextToken } = page(reverseOrder ? events.reverse() : events, where);
      return { events: items, nextToken };
    },
    StopExecution: (request) => {
      const { executionArn, error, cause } = checked(stopRequest, request);
      const one = found(engine, executionArn);
      engine.stop(one, error, cause);
      return { stopDate: seconds(one.end?.at ?? one.startedAt) };
    },
  };
}

/** By name; the same again while it runs with the same input, refused otherwise. */
function start(engine: Engine, request: z.infer<typeof startRequest>): unknown {
  const machine = machineOf(engine, request.stateMachineArn);
  const name = request.name ?? randomUUID();
  if (name === '' || name.length > LONGEST_NAME || BAD_NAME.test(name)) {
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  }
  try {
    JSON.parse(request.input);
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is not JSON.');
  }
  const there = engine.executions.get(keyOf(machine.name, name));
  if (there !== undefined && (there.status !== 'RUNNING' || there.input !== request.input)) {
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arnOf(there)}'`);
  }
  const one = there ?? engine.start(machine, name, request.input);
  return { executionArn: arnOf(one), startDate: seconds(one.startedAt) };
}

function machineOf(engine: Engine, arn: string): Machine {
  const machine = engine.machines.get(arn.split(':').at(-1) ?? '');
  if (machine === undefined || machineArn(machine.name) !== arn) {
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
  return machine;
}

function found(engine: Engine, arn: string): Execution {
  const [machine = '', name = ''] = arn.split(':').slice(-2);
  const one = engine.executions.get(keyOf(machine, name));
  if (one === undefined || arnOf(one) !== arn) {
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }
  return one;
}

function brief(one: Execution): Record<string, unknown> {
  return {
    executionArn: arnOf(one),
    stateMachineArn: machineArn(one.machine),
    name: one.name,
    status: one.status,
    startDate: seconds(one.startedAt),
    ...(one.end === null ? {} : { stopDate: seconds(one.end.at) }),
  };
}

function describe(one: Execution): Record<string, unknown> {
  const { output, error, cause } = one.end ?? {};
  return { ...brief(one), input: one.input, output, error, cause };
}

/** One event; inputs and outputs of states are not kept. */
function historyEvent(one: Execution, [at, type, state]: HistoryEvent, id: number): Record<string, unknown> {
  const base = { id, previousEventId: id - 1, timestamp: seconds(at), type };
  if (type === 'ExecutionStarted') return { ...base, executionStartedEventDetails: { input: one.input } };
  if (type === 'ExecutionSucceeded') {
    return { ...base, executionSucceededEventDetails: { output: one.end?.output } };
  }
  if (type === 'ExecutionFailed') {
    return { ...base, executionFailedEventDetails: { error: one.end?.error, cause: one.end?.cause } };
  }
  if (type.endsWith('StateEntered')) return { ...base, stateEnteredEventDetails: { name: state } };
  if (type.endsWith('StateExited')) return { ...base, stateExitedEventDetails: { name: state } };
  return base;
}

function arnOf(one: Execution): string {
  return `${ARN_BASE}:execution:${one.machine}:${one.name}`;
}

/** The wire format of an instant. */
function seconds(at: number): number {
  return at / 1000;
}
