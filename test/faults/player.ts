/**
 * Plays a tale: the executions that the product has started, what people ask of the API, and the reconciler's minute,
 * each at its instant, one after the other. Where a play stands can be kept and gone on from.
 */
import { iso } from '../../core/time.ts';
import { handler as reconcile } from '../../lambdas/schedule/reconcile/handler.ts';
import type { Ask } from '../lambdas/support/event.ts';
import { ask } from '../support/flow.ts';
import type { Backend, Kept } from '../support/services.ts';
import { newRun, waits, walk, type Run } from './walk.ts';

const MINUTE = 60_000;
/** A caller without an answer asks again after so long, and each time twice as long after. */
const ASK_AGAIN_MS = 5000;
const ASKS = 9;
/** A tale has some thirty steps; a few hundred with a fault. More is a circle. */
const MOST_STEPS = 400;

/** What somebody asks of the API. */
export interface Move {
  /** Milliseconds after the beginning. */
  after: number;
  /** Name of the route, e.g. `submit-lead`. */
  route: string;
  request: (tale: { at: string; leadId: string; recordId: string }) => Ask;
  /** The status of a refusal that is the right answer. */
  refused?: number;
}

export interface Tale {
  name: string;
  begins: string;
  /** People who are away from the beginning on. */
  away?: string[];
  moves: Move[];
  /** An operator stops every execution, so many milliseconds after the beginning. */
  stops?: number;
  /** Milliseconds after which nothing is to be expected any more. */
  lasts: number;
}

/** A play at one instant, as JSON. */
export interface Position {
  kept: Kept;
  runs: Run[];
  moves: Pending[];
  leadId: string;
  accepted: boolean;
  stopped: boolean;
}

interface Pending {
  move: number;
  at: number;
  asked: number;
}

/** What becomes of work that dies: its caller or its machine tries again, or nobody does. */
export type Afterwards = 'retried' | 'left';

type Handler = Parameters<typeof ask>[0];

/** Routes that bring a lead. */
const BRINGS = ['submit-lead', 'submit-inquiry'];

function leadIdIn(body: { leadId?: string; inquiryId?: string }): string {
  return body.leadId ?? body.inquiryId ?? '';
}

class Gone extends Error {
  override readonly name = 'Runtime.ExitError';
}

export class Player {
  readonly backend: Backend;
  readonly tale: Tale;
  runs: Run[] = [];
  moves: Pending[] = [];
  leadId = '';
  /** Whether somebody has been told that the lead was taken in. */
  accepted = false;
  stopped = false;
  afterwards: Afterwards = 'retried';
  /** Told of each call of a function before it is made. */
  before: (name: string) => Promise<void> | void = () => undefined;
  after: (name: string) => void = () => undefined;
  /** Answers that were neither yes nor "busy". */
  refused: string[] = [];

  constructor(backend: Backend, tale: Tale) {
    this.backend = backend;
    this.tale = tale;
  }

  get begins(): number {
    return Date.parse(this.tale.begins);
  }

  async begin(): Promise<void> {
    await this.backend.begin(this.tale.begins);
    if (this.tale.away !== undefined) await this.backend.away(...this.tale.away);
    this.moves = this.tale.moves.map(({ after }, move) => ({ move, at: this.begins + after, asked: 0 }));
  }

  async position(): Promise<Position> {
    const { runs, moves, leadId, accepted, stopped } = this;
    const kept = await this.backend.keep();
    return structuredClone({ kept, runs, moves, leadId, accepted, stopped });
  }

  async resume(position: Position): Promise<void> {
    const { kept, ...rest } = structuredClone(position);
    await this.backend.resume(kept);
    Object.assign(this, rest);
    this.refused = [];
  }

  /**
   * Plays on until nothing is left to be done within the tale's time, or until it is enough.
   * @param enough asked after each step
   */
  async play(enough: () => Promise<boolean> = () => Promise.resolve(false)): Promise<void> {
    const until = this.begins + this.tale.lasts;
    for (let steps = 0; ; steps += 1) {
      if (steps === MOST_STEPS)
        throw new Error(`it never comes to rest: ${this.backend.logged.slice(-3).join('; ')}`);
      this.#takeUp();
      const step = (await this.#steps()).filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (step === undefined) break;
      this.#until(step.at);
      await step.take();
      this.#takeUp();
      if (await enough()) return;
    }
    this.#until(until);
  }

  /** Whether nobody has anything to make good: nothing is due, and no caller waits for an answer. */
  get idle(): boolean {
    const now = Date.parse(this.backend.now());
    const busy = this.runs.some((run) => run.status === 'RUNNING' && (run.at <= now || !waits(run)));
    return !busy && this.moves.every(({ asked }) => asked === 0);
  }

  /** An operator stops executions. */
  stop(which: (run: Run) => boolean = () => true): void {
    this.#takeUp();
    for (const run of this.runs) if (run.status === 'RUNNING' && which(run)) run.status = 'ABORTED';
  }

  #until(at: number): void {
    if (at > Date.parse(this.backend.now())) this.backend.at(iso(at));
  }

  /** Executions that have been started since. */
  #takeUp(): void {
    const known = new Set(this.runs.map(({ name }) => name));
    for (const [name, input] of this.backend.started) {
      if (!known.has(name)) this.runs.push(newRun(name, input, Date.parse(this.backend.now())));
    }
  }

  async #steps(): Promise<{ at: number; take: () => Promise<void> }[]> {
    const attention = await this.#attention();
    const stops = this.tale.stops === undefined || this.stopped ? [] : [this.begins + this.tale.stops];
    return [
      ...this.runs
        .filter(({ status }) => status === 'RUNNING')
        .map((run) => ({ at: run.at, take: () => this.#walk(run) })),
      ...stops.map((at) => ({ at, take: () => this.#stop() })),
      ...this.moves.map((pending) => ({ at: pending.at, take: () => this.#ask(pending) })),
      ...(attention === null ? [] : [{ at: attention, take: () => this.#reconcile() }]),
    ];
  }

  /** The reconciler's next minute in which there is something to look at. */
  async #attention(): Promise<number | null> {
    const at = await this.backend.nextAttention();
    if (at === null) return null;
    const due = Math.max(Date.parse(this.backend.now()) + 1, Date.parse(at));
    return Math.ceil(due / MINUTE) * MINUTE;
  }

  #stop(): Promise<void> {
    this.stopped = true;
    this.stop();
    return Promise.resolve();
  }

  async #walk(run: Run): Promise<void> {
    // What the machine does between two tasks costs no time.
    await walk(run, async (folder, input) => {
      const module = (await import(`../../lambdas/workflow/${folder}/handler.ts`)) as {
        handler: (event: unknown) => Promise<unknown>;
      };
      return this.#invoke(
        folder,
        () => module.handler(input),
        () => {
          if (this.afterwards === 'left') run.status = 'ABORTED';
        },
      );
    });
    run.at = Math.max(run.at, Date.parse(this.backend.now()));
  }

  async #reconcile(): Promise<void> {
    await this.#invoke('reconcile', () => reconcile()).catch(() => undefined);
  }

  async #ask(pending: Pending): Promise<void> {
    const move = this.tale.moves[pending.move]!;
    const { handler } = (await import(`../../lambdas/api/${move.route}/handler.ts`)) as { handler: Handler };
    const at = iso(this.begins + move.after);
    const about = { at, leadId: this.leadId, recordId: this.backend.recordId };
    let status = 0;
    try {
      const answer = await this.#invoke(move.route, () => ask(handler, move.request(about)));
      status = answer.status;
      if (BRINGS.includes(move.route) && status < 300) this.leadId = leadIdIn(answer.body);
      // The state that was asked for is there already: it was the first time that did it.
      const done =
        move.refused === undefined
          ? status < 300 || (status === 409 && pending.asked > 0)
          : status === move.refused;
      if (!done && status < 500) this.refused.push(`${move.route}: ${status} ${JSON.stringify(answer.body)}`);
      if (BRINGS.includes(move.route) && move.refused === undefined && done) this.accepted = true;
    } catch {
      if (this.afterwards === 'left') pending.asked = ASKS;
    } finally {
      this.moves = this.moves.filter((other) => other !== pending);
    }
    const again = status === 0 || status >= 500;
    const at_ = Date.parse(this.backend.now()) + ASK_AGAIN_MS * 2 ** pending.asked;
    if (again && pending.asked < ASKS) this.moves.push({ ...pending, at: at_, asked: pending.asked + 1 });
  }

  /** A process that has died answers nobody, whatever it would have said. */
  async #invoke<T>(name: string, call: () => Promise<T>, onDeath: () => void = () => undefined): Promise<T> {
    await this.before(name);
    try {
      const answer = await call();
      if (this.backend.dead) throw new Gone('the process has died');
      return answer;
    } finally {
      this.after(name);
      if (this.backend.dead) {
        onDeath();
        await this.backend.restart();
      }
    }
  }
}
