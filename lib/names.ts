/** Physical names. They are known before anything is created, so that a function can be told the ARN of the state machine that calls it. */
import { ArnFormat, type Stack } from 'aws-cdk-lib';

export type MachineName = 'mql-response' | 'commitment-clock';

/** `lead-sla-<environment>-<what>`, e.g. `lead-sla-prod-mql-response`. */
export function physicalName(environment: string, what: string): string {
  return `lead-sla-${environment}-${what}`;
}

/** The ARN of a state machine, made from its name alone. */
export function machineArn(stack: Stack, environment: string, machine: MachineName): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: physicalName(environment, machine),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
