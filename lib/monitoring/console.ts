/** Addresses of pages of the AWS console, in the region and account of a stack. */
import type { Stack } from 'aws-cdk-lib';

export class ConsoleLinks {
  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  dashboard(name: string): string {
    return this.#page('cloudwatch', `#dashboards/dashboard/${name}`);
  }

  /** The list of functions whose names begin like this. */
  functions(prefix: string): string {
    return this.#page('lambda', `#/functions?fo=and&o0=%3A&v0=${prefix}`);
  }

  function(name: string): string {
    return this.#page('lambda', `#/functions/${name}?tab=monitoring`);
  }

  /** The executions of a state machine that have failed. */
  failedExecutions(machineArn: string): string {
    return this.#page('states', `#/statemachines/view/${machineArn}?statusFilter=FAILED`);
  }

  stateMachines(): string {
    return this.#page('states', '#/statemachines');
  }

  api(id: string): string {
    const { region } = this.#stack;
    return `${this.#host()}/apigateway/main/apis/${id}/dashboard?api=${id}&region=${region}`;
  }

  queue(name: string): string {
    const { region, account } = this.#stack;
    const url = `https%3A%2F%2Fsqs.${region}.amazonaws.com%2F${account}%2F${name}`;
    return this.#page('sqs/v3', `#/queues/${url}`);
  }

  table(name: string): string {
    return this.#page('dynamodbv2', `#table?name=${name}&tab=monitoring`);
  }

  rules(bus: string): string {
    return this.#page('events', `#/eventbus/${bus}/rules`);
  }

  mailReputation(): string {
    return this.#page('ses', '#/reputation');
  }

  #page(service: string, fragment: string): string {
    return `${this.#host()}/${service}/home?region=${this.#stack.region}${fragment}`;
  }

  #host(): string {
    return `https://${this.#stack.region}.console.aws.amazon.com`;
  }
}
