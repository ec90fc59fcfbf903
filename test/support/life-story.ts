/** A lead's life over HTTP, with the rows of acceptance, qualification and handoff enforced (policy book §8, §10, §11). */
import { PARTS, SQL } from './life.ts';
import type { Answer, StoryLead } from './story.ts';
import { Story } from './story.ts';

const PATHS = {
  accept: ['POST', 'accept'],
  reject: ['POST', 'reject'],
  promote: ['POST', 'promote'],
  briefing: ['PUT', 'briefing'],
  introduce: ['POST', 'introduction'],
  aeAccept: ['POST', 'ae-accept'],
  aeReject: ['POST', 'ae-reject'],
  dispose: ['POST', 'dispose'],
} as const;

interface LifeLead extends StoryLead {
  cycle: number;
  life: {
    handoff: { n: number; ae: { personId: string } } | null;
    opportunity: { opportunityId: string; ownerId: string } | null;
  };
}

export class LifeStory {
  readonly story: Story;

  private constructor(story: Story) {
    this.story = story;
  }

  static async begin(at: string): Promise<LifeStory> {
    return new LifeStory(await Story.begin(at, { policy: 'test/support/life.yaml' }));
  }

  /** Gives a command, which has to pass. */
  async does(
    name: keyof typeof PATHS,
    leadId: string,
    by: string,
    body: Record<string, unknown> = {},
  ): Promise<LifeLead> {
    const { status, body: lead } = await this.asks(name, leadId, { by, ...body });
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(lead)}`);
    return lead;
  }

  asks(name: keyof typeof PATHS, leadId: string, body: Record<string, unknown>): Promise<Answer<LifeLead>> {
    const [method, path] = PATHS[name];
    return this.story.call<LifeLead>(method, `/v1/leads/${leadId}/${path}`, body);
  }

  /** Promoted with all that the gate asks for and the whole briefing, so that an AE is told in the same act. */
  promoted(leadId: string, by: string, startsAt: string): Promise<LifeLead> {
    return this.does('promote', leadId, by, {
      ...SQL,
      meeting: { ...SQL.meeting, startsAt },
      briefing: PARTS,
    });
  }

  /** A demo request that has its owner, who has tried to reach the prospect within two minutes. */
  async attempted(): Promise<{ leadId: string; owner: string }> {
    const { leadId } = await this.story.post();
    await this.story.pass('PT2M');
    await this.story.attempt(leadId, { outcome: 'voicemail' });
    const { owner } = await this.story.lead(leadId);
    return { leadId, owner: owner?.personId ?? '' };
  }

  /** Mails that were not there before, as `Tue 13:00:00 jo: Breach…`. */
  async mailsAfter(known: readonly string[]): Promise<string[]> {
    return (await this.story.mails()).filter((mail) => !known.includes(mail));
  }

  /** Clocks in the order in which they were opened, as `commitment status verdict`. */
  async clocks(leadId: string): Promise<string[]> {
    const { clocks } = await this.story.lead(leadId);
    return clocks.map(({ commitment, status, verdicts }) =>
      [commitment, status, ...verdicts.map(({ verdict }) => verdict)].join(' '),
    );
  }

  /** Executions of a lead by their names without the lead, with how they stand. */
  async executions(leadId: string): Promise<string[]> {
    return (await this.story.executions())
      .filter(({ name }) => name.startsWith(`${leadId}-`))
      .map(({ name, status, state }) => `${name.slice(leadId.length + 1)} ${status} ${state}`);
  }
}
