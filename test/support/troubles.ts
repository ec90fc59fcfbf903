/** Trouble between a client and the service behind it: refusals, time-outs, lost answers, other writers, death. */
import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { MessageRejected, SESServiceException } from '@aws-sdk/client-ses';
import { ExecutionAlreadyExists, SFNServiceException } from '@aws-sdk/client-sfn';

const $metadata = { attempts: 4 };
const client = { $fault: 'client' as const, $metadata };

/** What the clients throw when their own retries are used up. */
export const throttledTable = new ProvisionedThroughputExceededException({ ...client, message: 'slow down' });
export const conflict = new ConditionalCheckFailedException({ ...client, message: 'the condition failed' });
export const throttledMail = new SESServiceException({ ...client, name: 'Throttling', message: 'slow down' });
export const rejectedMail = new MessageRejected({ ...client, message: 'ada@example.com is not verified' });
export const throttledStart = new SFNServiceException({ ...client, name: 'ThrottlingException' });
export const startedBefore = new ExecutionAlreadyExists({ ...client, message: 'exists already' });
export const busDown = new EventBridgeServiceException({
  name: 'InternalException',
  $fault: 'server',
  $metadata,
});
export const timedOut = Object.assign(new Error('the request timed out'), { name: 'TimeoutError' });

export type Input = Record<string, unknown> & {
  Item?: Record<string, unknown>;
  Key?: Record<string, unknown>;
};
type When = (input: Input) => boolean;

interface Trouble {
  command: string;
  when: When;
  left: number;
  act: (perform: () => Promise<unknown>, input: Input) => Promise<unknown>;
}

/** A write or read of the lead's own item. */
export const ofLead: When = ({ Item, Key }) => (Item?.['sk'] ?? Key?.['sk']) === 'LEAD';
export const ofPool: When = ({ Item, Key }) => (Item?.['sk'] ?? Key?.['sk']) === 'STATE';
const any: When = () => true;

/** A command as it was asked for. */
export interface Heard {
  command: string;
  input: Input;
  /** Whether every command before it had been answered. */
  alone: boolean;
}

export class Troubles {
  #troubles: Trouble[] = [];
  #dead = false;
  /** Commands since the last {@link heal} or {@link dieAt}, in the order in which they were asked for. */
  heard: Heard[] = [];
  /** How many commands have met trouble. */
  struck = 0;
  #inFlight = 0;
  #death: { n: number; when: 'before' | 'after' } | undefined;

  /** Whether the process has died: see {@link dieAfter} and {@link dieAt}. */
  get dead(): boolean {
    return this.#dead;
  }

  /** The process dies at the nth command from now on (from 0): before it is done, or after it. */
  dieAt(n: number, when: 'before' | 'after'): void {
    this.heard = [];
    this.#death = { n, when };
  }

  /** The command fails with this error, so many times or until {@link heal}, and nothing is done. */
  fail(command: string, error: Error, { when = any, times = Infinity } = {}): void {
    this.#add({ command, when, left: times, act: () => Promise.reject(error) });
  }

  /**
   * The command is done, but its sender hears of nothing but a time-out; or of a conflict, when the client has asked
   * again by itself and met its own write.
   */
  loseAnswer(
    command: string,
    { when = any, times = 1, error = timedOut }: { when?: When; times?: number; error?: Error } = {},
  ): void {
    const act: Trouble['act'] = async (perform) => {
      await perform();
      throw error;
    };
    this.#add({ command, when, left: times, act });
  }

  /** The command is answered like this, and nothing is done. */
  answer(command: string, answer: object, { when = any, times = Infinity } = {}): void {
    this.#add({ command, when, left: times, act: () => Promise.resolve(answer) });
  }

  /** The table takes nothing of a batch, and says so. */
  leaveUnprocessed(times: number): void {
    const act: Trouble['act'] = (_, input) => Promise.resolve({ UnprocessedItems: input['RequestItems'] });
    this.#add({ command: 'BatchWriteCommand', when: any, left: times, act });
  }

  /** The command is done twice, as by a client that has lost the first answer and asks again by itself. */
  twice(command: string, { when = any, times = Infinity } = {}): void {
    const act: Trouble['act'] = async (perform) => {
      await perform();
      return perform();
    };
    this.#add({ command, when, left: times, act });
  }

  /** Just before the command, once, something else happens. */
  meanwhile(command: string, happens: () => Promise<unknown>, when: When = any): void {
    const act: Trouble['act'] = async (perform) => {
      await happens();
      return perform();
    };
    this.#add({ command, when, left: 1, act });
  }

  /** The command is done, and from then on nothing that the process asks for is, until {@link heal}. */
  dieAfter(command: string, when: When = any): void {
    const act: Trouble['act'] = async (perform) => {
      await perform();
      this.#dead = true;
      throw timedOut;
    };
    this.#add({ command, when, left: 1, act });
  }

  heal(): void {
    this.#troubles = [];
    this.#dead = false;
    this.#death = undefined;
    this.heard = [];
  }

  /** Every command of every client goes through here. */
  async through(command: string, input: object, perform: () => Promise<unknown>): Promise<unknown> {
    if (this.#dead) throw timedOut;
    const heard = { command, input: input as Input, alone: this.#inFlight === 0 };
    const mine = this.#death?.n === this.heard.push(heard) - 1;
    if (mine && this.#death?.when === 'before') {
      this.#dead = true;
      throw timedOut;
    }
    this.#inFlight += 1;
    try {
      return await this.#met(command, input, perform);
    } finally {
      this.#inFlight -= 1;
      if (mine) this.#dead = true;
      // eslint-disable-next-line no-unsafe-finally -- who has died hears of nothing
      if (mine) throw timedOut;
    }
  }

  async #met(command: string, input: object, perform: () => Promise<unknown>): Promise<unknown> {
    const met = this.#troubles.find(
      (trouble) => trouble.command === command && trouble.left > 0 && trouble.when(input as Input),
    );
    if (met === undefined) return perform();
    met.left -= 1;
    this.struck += 1;
    return met.act(perform, input as Input);
  }

  #add(trouble: Trouble): void {
    this.#troubles.push(trouble);
  }
}
