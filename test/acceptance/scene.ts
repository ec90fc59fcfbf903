/** One scenario on an engine: what happens in it, in the words of the policy book, and what came of it. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InquiryView } from '../../lambdas/api/schemas/inquiry.ts';
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import type { Answer, Engine, Execution } from './engine.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type Clock = LeadView['clocks'][number];

export interface SceneLead {
  /** `A` for the first lead of the scenario, and so on. */
  label: string;
  leadId: string;
  company: string;
  /** Real milliseconds from the request to an owner. */
  toOwnerMs: number | null;
}

export interface Scenario {
  name: string;
  play: (scene: Scene) => Promise<void>;
}

/** Commitments whose executions end within a scenario; the others wait for the close of a day and longer. */
const RESPONSE = [
  'mql.respond',
  'owner.respond',
  'mql.route',
  'marketing.notify',
  'marketing.score',
  'marketing.enrich',
];
/** How far the clock is moved on between two looks. */
const STEP_MS = 1000;
/** An engine under load is late by seconds; whatever is expected comes by then or not at all. */
const PATIENCE_SECONDS = 45;
const OWNER_WITHIN_MS = 30_000;
/** Seconds in which whoever got a lead has been told of it. */
const TOLD_WITHIN_S = 3;

export class Scene {
  readonly engine: Engine;
  readonly name: string;
  readonly leads: SceneLead[] = [];
  /** Tells the records of this scenario and of this run from all others on the same deployed stacks. */
  readonly #run: string;
  #requests = 0;
  #activities = 0;
  #acts = 0;

  private constructor(engine: Engine, name: string, run: string) {
    this.engine = engine;
    this.name = name;
    // Short enough for the subject of a mail.
    this.#run = `${createHash('sha256').update(name).digest('hex').slice(0, 6)}-${run}`;
  }

  static async begin(engine: Engine, name: string): Promise<Scene> {
    return new Scene(engine, name, Date.parse(await engine.now()).toString(36));
  }

  /** The request for a lead that qualifies now, of a company of its own. */
  async request(change: Record<string, unknown>): Promise<Record<string, unknown> & { company: object }> {
    this.#requests += 1;
    const name = `Company ${this.#run}-${this.#requests}`;
    return {
      crm: { system: 'salesforce', recordId: name },
      qualifiedAt: await this.engine.now(),
      contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
      company: { name },
      ...change,
    };
  }

  /** Posts a request, and keeps the lead for the reckoning at the end. */
  async post(request: Record<string, unknown>): Promise<Answer<LeadView>> {
    const answer = await this.engine.call<LeadView>('POST', '/v1/leads', request);
    if (answer.status === 202) this.#keep(answer.body.leadId, request);
    return answer;
  }

  #keep(leadId: string, request: Record<string, unknown>): void {
    const label = String.fromCharCode(65 + this.leads.length);
    const { name: company } = request['company'] as { name: string };
    this.leads.push({ label, leadId, company, toOwnerMs: null });
  }

  /** The request for an inquiry of somebody who passes every criterion but that of intent, for this partner. */
  async inquiryRequest(
    partner: string,
    change: Record<string, unknown> = {},
  ): Promise<Record<string, unknown> & { contact: object; company: object }> {
    const { crm, contact, company } = await this.request({});
    return {
      crm,
      contact: { ...(contact as object), phone: '+1 617 555 0142', title: 'VP Engineering', ...change },
      company: { ...company, employees: 1200, industry: 'software' },
      partner: { id: partner },
    };
  }

  /** Posts an inquiry, and keeps it for the reckoning at the end. */
  async inquire(request: Record<string, unknown>): Promise<Answer<InquiryView>> {
    const answer = await this.engine.call<InquiryView>('POST', '/v1/inquiries', request);
    if (answer.status === 202) this.#keep(answer.body.inquiryId, request);
    return answer;
  }

  /** An act, now, of the contact of a new request. */
  async does(type: string): Promise<{ id: string; type: string; at: string }> {
    this.#acts += 1;
    return { id: `act-${this.#acts}`, type, at: await this.engine.now() };
  }

  /** Tells what the contact does now. */
  async signal(inquiryId: string, type: string): Promise<InquiryView> {
    const body = { signals: [await this.does(type)] };
    return this.#taken<InquiryView>('POST', `/v1/inquiries/${inquiryId}/signals`, body);
  }

  /** Adds what is missing about a lead. */
  patch(leadId: string, changes: Record<string, unknown>): Promise<LeadView> {
    return this.#taken('PATCH', `/v1/leads/${leadId}`, changes);
  }

  /** Waits until somebody owns the lead. */
  owned(leadId: string): Promise<NonNullable<LeadView['owner']>> {
    return this.eventually('an owner', async () => (await this.lead(leadId)).owner ?? undefined);
  }

  async #taken<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.engine.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  /** A new lead of this partner. */
  async submit(
    partner: string,
    source = 'demo_request',
    more: Record<string, unknown> = {},
  ): Promise<LeadView> {
    const request = await this.request({ source, partner: { id: partner }, ...more });
    const { status, body } = await this.post(request);
    if (status !== 202) throw new Error(`the lead was not taken in: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** A new lead of this partner that somebody owns, and how long that took. */
  async assigned(partner: string, source?: string): Promise<LeadView> {
    const before = performance.now();
    const { leadId, receivedAt } = await this.submit(partner, source);
    for (let pause = 5; performance.now() - before < OWNER_WITHIN_MS; pause = Math.min(2 * pause, 320)) {
      const lead = await this.lead(leadId);
      if (lead.owner !== null) {
        const own = this.leads.find((one) => one.leadId === leadId);
        const real = Date.parse(lead.owner.assignedAt) - Date.parse(receivedAt);
        // Where the clock stands still the lead has an owner at the very instant at which it was received.
        if (own !== undefined)
          own.toOwnerMs = this.engine.name === 'deployed' ? real : performance.now() - before;
        return lead;
      }
      await sleep(pause);
    }
    throw new Error(`nobody owns lead ${leadId} after ${OWNER_WITHIN_MS} ms`);
  }

  async lead(leadId: string): Promise<LeadView> {
    const { status, body } = await this.engine.call<LeadView>('GET', `/v1/leads/${leadId}`);
    if (status !== 200) throw new Error(`lead ${leadId} was not shown: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** The newest clock of a commitment. */
  async clock(leadId: string, commitment = 'mql.respond'): Promise<Clock> {
    const found = (await this.lead(leadId)).clocks.findLast((clock) => clock.commitment === commitment);
    if (found === undefined) throw new Error(`lead ${leadId} has no clock ${commitment}`);
    return found;
  }

  /** Does something to a lead: `pause`, `resume`, `extend`. */
  async act(leadId: string, what: string, body: Record<string, unknown>): Promise<number> {
    return (await this.engine.call('POST', `/v1/leads/${leadId}/${what}`, body)).status;
  }

  /** A call that reached somebody, stamped now by a dialler unless said otherwise. */
  async contact(leadId: string, change: Record<string, unknown> = {}): Promise<ActivityAnswer> {
    this.#activities += 1;
    // The execution waits for its next rung by then, however slow the system is: its states are compared.
    const { owner } = await this.lead(leadId);
    if (owner !== null) await this.secondsAfter(owner.assignedAt, TOLD_WITHIN_S);
    const { status, body } = await this.engine.call<ActivityAnswer>(
      'POST',
      `/v1/leads/${leadId}/activities`,
      {
        activityId: `call-${this.#activities}-${leadId}`,
        type: 'call',
        outcome: 'connected',
        occurredAt: await this.engine.now(),
        recordedBy: { kind: 'system', name: 'dialler' },
        ...change,
      },
    );
    if (status >= 300) throw new Error(`the activity was not taken: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Somebody goes on leave until further notice, or is back. */
  async availability(personId: string, available: boolean): Promise<void> {
    const body = { available, reason: this.name };
    const { status } = await this.engine.call('POST', `/v1/people/${personId}/availability`, body);
    if (status !== 200) throw new Error(`the availability of ${personId} was not taken: ${status}`);
  }

  /** Lets time pass until something is there; looks at once, then every second. */
  async eventually<T>(
    what: string,
    look: () => Promise<T | undefined>,
    seconds = PATIENCE_SECONDS,
  ): Promise<T> {
    const end = Date.parse(await this.engine.now()) + seconds * 1000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      const now = Date.parse(await this.engine.now());
      if (now >= end) throw new Error(`${what}: it did not come to pass within ${seconds} s`);
      await this.engine.until(new Date(now + STEP_MS).toISOString());
    }
  }

  /** Lets time pass until so many seconds after an instant. */
  async secondsAfter(instant: string, seconds: number): Promise<void> {
    await this.engine.until(new Date(Date.parse(instant) + seconds * 1000).toISOString());
  }

  /** Lets time pass until a rung is climbed. */
  async climbed(leadId: string, rung: string, commitment?: string, seconds?: number): Promise<Clock> {
    const at = (await this.clock(leadId, commitment)).rungs.find((one) => one.rung === rung)?.at;
    if (at === undefined) throw new Error(`the clock has no rung ${rung}`);
    await this.engine.until(at);
    const look = async (): Promise<Clock | undefined> => {
      const clock = await this.clock(leadId, commitment);
      return clock.rungs.some((one) => one.rung === rung && one.doneAt !== null) ? clock : undefined;
    };
    return this.eventually(`rung ${rung} of ${commitment ?? 'mql.respond'}`, look, seconds);
  }

  /**
   * Lets time pass until none of the lead's executions runs any more, but for those that wait for what is owed after
   * the first attempt: days, also here. Those that have ended.
   */
  async ended(leadId: string): Promise<Execution[]> {
    return this.eventually(
      'the end of the executions',
      async () => {
        const [all, { clocks }] = await Promise.all([this.engine.executions(leadId), this.lead(leadId)]);
        const later = clocks.filter(({ commitment }) => !RESPONSE.includes(commitment));
        const waits = ({ name, states }: Execution): boolean =>
          states.at(-1)?.startsWith('Wait') === true &&
          later.some(({ clockId }) => name.startsWith(`${leadId}-${clockId.replaceAll('.', '-')}`));
        const running = all.filter(({ status }) => status === 'RUNNING');
        return running.every(waits) ? all.filter((one) => !running.includes(one)) : undefined;
      },
      120,
    );
  }

  /** What came of everything: mails, events and executions as they are now. */
  outcome(): Promise<Outcome> {
    return outcomeOf(this);
  }
}

export interface ActivityAnswer {
  clocksMet: { commitment: string; verdict: string }[];
  backDated: boolean;
  lead: LeadView;
}
