/** The embedded runner as `npm start` starts it, on a clock that moves only when a scenario lets time pass. */
import path from 'node:path';
import { Story } from '../support/story.ts';
import type { Answer, Engine, Execution, Fact, Mail } from './engine.ts';
import { PEOPLE_FILE } from './people.ts';

const ROOT = path.join(__dirname, '..', '..');
const BEGINS = '2026-11-17T15:00:00.000Z';

export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  readonly #story: Story;

  private constructor(story: Story) {
    this.#story = story;
  }

  static async begin(): Promise<EmbeddedEngine> {
    const policy = path.join(ROOT, 'policy', 'e2e.yaml');
    return new EmbeddedEngine(await Story.begin(BEGINS, { policy, people: PEOPLE_FILE }));
  }

  call<T>(method: string, requested: string, body?: unknown): Promise<Answer<T>> {
    return this.#story.call<T>(method, requested, body);
  }

  now(): Promise<string> {
    return this.#story.now();
  }

  async until(instant: string): Promise<void> {
    // Time does not go back: an instant that has passed is reached.
    if (Date.parse(instant) > Date.parse(await this.now())) await this.#story.until(instant);
  }

  mails(): Promise<Mail[]> {
    return this.#story.mail();
  }

  async events(): Promise<Fact[]> {
    return (await this.#story.call<Fact[]>('GET', '/local/events')).body;
  }

  async executions(leadId: string): Promise<Execution[]> {
    const all = await this.#story.executions();
    const own = all.filter((one) => one.name.startsWith(`${leadId}-`));
    return Promise.all(
      own.map(async ({ name, stateMachine, status }) => ({
        name,
        machine: stateMachine,
        status,
        states: await this.#story.states(name),
      })),
    );
  }

  async stopExecution(name: string): Promise<void> {
    const { status } = await this.#story.call('POST', `/local/executions/${name}/stop`);
    if (status !== 200) throw new Error(`${name} could not be stopped: ${status}`);
  }

  end(): Promise<void> {
    return this.#story.end();
  }
}
