/**
 * What the acceptance suite sees of a running system. The same scenarios run against the embedded runner and against
 * the deployed stacks; only this side of the interface differs.
 */

export interface Answer<T> {
  status: number;
  body: T;
}

export interface Mail {
  at: string;
  to: string;
  subject: string;
}

export interface Fact {
  at: string;
  detailType: string;
  detail: { metadata: { id: string }; data: Record<string, unknown> };
}

export interface Execution {
  name: string;
  /** `mql-response` or `commitment-clock`. */
  machine: string;
  /** As Step Functions says it: RUNNING, SUCCEEDED, FAILED, ABORTED, TIMED_OUT. */
  status: string;
  /** Names of the states that were entered, in order. */
  states: string[];
}

export interface Engine {
  readonly name: 'embedded' | 'deployed';
  /** One request to the API; the path begins with `/v1`. */
  call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /** The instant that the engine's clock shows. */
  now(): Promise<string>;
  /** Lets the engine's clock reach an instant: the embedded one jumps, the deployed one really waits. */
  until(instant: string): Promise<void>;
  mails(): Promise<Mail[]>;
  events(): Promise<Fact[]>;
  /** Executions of a lead, with those of its other clocks. */
  executions(leadId: string): Promise<Execution[]>;
  /** Stops an execution as an operator does in the console. */
  stopExecution(name: string): Promise<void>;
  end(): Promise<void>;
}

/**
 * The engine that `ACCEPTANCE_TARGET` names: a JSON file that describes deployed stacks (`deployed.ts`), or, left out,
 * an embedded runner of one's own.
 */
export async function connect(): Promise<Engine> {
  const target = process.env['ACCEPTANCE_TARGET'];
  if (target === undefined || target === '') {
    const { EmbeddedEngine } = await import('./embedded.ts');
    return EmbeddedEngine.begin();
  }
  const { DeployedEngine } = await import('./deployed.ts');
  return DeployedEngine.at(target);
}
