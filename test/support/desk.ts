/** A service desk that talks to the system of a story. */
import type { RemediesView, TicketView } from './desk-views.ts';
import type { Answer, Story } from './story.ts';

let recordIds = 0;

export class Desk {
  readonly #story: Story;

  constructor(story: Story) {
    this.#story = story;
  }

  /** A critical ticket of an enterprise customer in Berlin, opened now, with whatever is changed about it. */
  async open(change: Record<string, unknown> = {}): Promise<TicketView> {
    const answer = await this.post(change);
    if (answer.status !== 202) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  async post(change: Record<string, unknown> = {}): Promise<Answer<TicketView>> {
    recordIds += 1;
    return this.#story.call('POST', '/v1/tickets', {
      desk: { system: 'zendesk', recordId: `T-${recordIds}` },
      customer: { id: 'acme', kind: 'enterprise' },
      severity: 'critical',
      service: 'mail',
      place: { timeZone: 'Europe/Berlin', country: 'DE' },
      ownerId: 'sam',
      openedAt: await this.#story.now(),
      ...change,
    });
  }

  async read(ticketId: string): Promise<TicketView> {
    return (await this.#story.call<TicketView>('GET', `/v1/tickets/${ticketId}`)).body;
  }

  /** Tells now, or with the instant that is given, what was done. */
  async tell(
    ticketId: string,
    what: string,
    change: Record<string, unknown> = {},
  ): Promise<Answer<TicketView>> {
    const body = { what, occurredAt: await this.#story.now(), by: 'sam', ...change };
    return this.#story.call('POST', `/v1/tickets/${ticketId}/activities`, body);
  }

  async exclude(ticketId: string, body: Record<string, unknown>): Promise<Answer<TicketView>> {
    return this.#story.call('POST', `/v1/tickets/${ticketId}/exclusions`, { by: 'mona', ...body });
  }

  async change(ticketId: string, body: Record<string, unknown>): Promise<Answer<TicketView>> {
    return this.#story.call('PATCH', `/v1/tickets/${ticketId}`, { by: 'mona', ...body });
  }

  /** What the history says happened, in order. */
  async happened(ticketId: string): Promise<string[]> {
    const path = `/v1/tickets/${ticketId}/timeline`;
    const { body } = await this.#story.call<{ timeline: { what: string }[] }>('GET', path);
    return body.timeline.map(({ what }) => what);
  }

  async remedies(query: string): Promise<Answer<RemediesView>> {
    return this.#story.call('GET', `/v1/reports/remedies?${query}`);
  }
}
