/** Starting executions so that starting twice is starting once. */
import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { RunState } from '../../core/model/effects.ts';
import type { Executions } from './services.ts';

export interface MachineArns {
  mqlResponseArn: string;
  commitmentClockArn: string;
}

/** Executions by Step Functions. `start` throws the client's error, except that an execution of the same name is success. */
export function stepFunctionsExecutions(client: SFNClient, arns: MachineArns): Executions {
  const machineArn = { 'mql-response': arns.mqlResponseArn, 'commitment-clock': arns.commitmentClockArn };
  const arn: Executions['arn'] = (machine, name) =>
    `${machineArn[machine].replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    arn,
    async start({ machine, name, input }) {
      try {
        const command = { stateMachineArn: machineArn[machine], name, input: stableInput(input) };
        const answer = await client.send(new StartExecutionCommand(command));
        return answer.executionArn ?? arn(machine, name);
      } catch (error) {
        // A closed execution of this name, or an open one with an input of an earlier save: it has been started.
        if (error instanceof ExecutionAlreadyExists) return arn(machine, name);
        throw error;
      }
    },
  };
}

/** The input, byte for byte the same for the same state: StartExecution is idempotent only then. */
export function stableInput(state: RunState): string {
  const { clockId, run, outcome, next } = state;
  const subject =
    'ticketId' in state ? { ticketId: state.ticketId } : { leadId: state.leadId, cycle: state.cycle };
  return JSON.stringify({ ...subject, clockId, run, outcome, next: { rung: next.rung, at: next.at } });
}
