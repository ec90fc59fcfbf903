import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { WorkflowState } from '../../../core/model/effects.ts';
import { stableInput, stepFunctionsExecutions } from '../../../lambdas/shared/executions.ts';

const sfn = mockClient(SFNClient);
const prefix = 'arn:aws:states:eu-central-1:123456789012';
const executions = stepFunctionsExecutions(new SFNClient({}), {
  mqlResponseArn: `${prefix}:stateMachine:response`,
  commitmentClockArn: `${prefix}:stateMachine:clock`,
});
const input: WorkflowState = {
  leadId: 'lead-1',
  cycle: 1,
  clockId: 'mql.respond-1',
  run: 1,
  outcome: 'climb',
  next: { rung: 'remind', at: '2026-11-20T15:06:30.000Z' },
};
const effect = {
  kind: 'start',
  id: 'start/lead-1-1',
  machine: 'mql-response',
  name: 'lead-1-1',
  input,
} as const;

beforeEach(() => sfn.reset());

test('starts the machine under the given name and tells the ARN', async () => {
  sfn.on(StartExecutionCommand).resolves({ executionArn: `${prefix}:execution:response:lead-1-1` });
  await expect(executions.start(effect)).resolves.toBe(`${prefix}:execution:response:lead-1-1`);
  expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
    stateMachineArn: `${prefix}:stateMachine:response`,
    name: 'lead-1-1',
    input: JSON.stringify(input),
  });
});

test('takes an execution that exists for success', async () => {
  sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
  await expect(executions.start({ ...effect, machine: 'commitment-clock' })).resolves.toBe(
    `${prefix}:execution:clock:lead-1-1`,
  );
});

test.each(['ThrottlingException', 'TimeoutError', 'ExecutionLimitExceeded'])('passes on %s', async (name) => {
  sfn.on(StartExecutionCommand).rejects(Object.assign(new Error(name), { name }));
  await expect(executions.start(effect)).rejects.toThrow(name);
});

test('makes the same input of the same state, byte for byte, in whatever order its fields were set', () => {
  const { next, outcome, run, clockId, cycle, leadId } = input;
  const shuffled = {
    next: { at: next.at, rung: next.rung },
    outcome,
    run,
    clockId,
    cycle,
    leadId,
    added: 'by an engine',
  };
  expect(stableInput(shuffled)).toBe(stableInput(input));
});
