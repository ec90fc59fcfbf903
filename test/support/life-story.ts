/** A lead's life over HTTP, on the default policy: acceptance, cadence, qualification and handoff (policy book §8 to §11). */
import { PARTS, SQL } from './life.ts';
import type { Answer, StoryClock, StoryLead } from './story.ts';
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
  arbitrate: ['POST', 'arbitrate'],
  signDelay: ['POST', 'discovery-delay'],
  resolve: ['POST', 'resolve-rejection'],
  tell: ['POST', 'facts'],
} as const;

interface LifeLead extends StoryLead {
  cycle: number;
  life: {
    handoff: { n: number; ae: { personId: string } } | null;
    opportunity: { opportunityId: string; ownerId: string } | null;
    meetings: { meetingId: string; kind: string; startsAt: string; state: string }[];
  };
}

/** What a refusal says besides. */
interface Said {
  type: string;
  errors: { path: string; message: string }[];
}

export interface StoryDeal extends Said {
  stage: { stage: number; title: string };
  stages: { stage: number }[];
  closed: { outcome: string } | null;
  flags: string[];
  clocks: StoryClock[];
}

export interface StoryMeeting extends Said {
  meetingId: string;
  startsAt: string;
  state: string;
  clocks: StoryClock[];
}

function passed<T>({ status, body }: Answer<T>): T {
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

export class LifeStory {
  readonly story: Story;

  constructor(story: Story) {
    this.story = story;
  }

  static async begin(at: string): Promise<LifeStory> {
    return new LifeStory(await Story.begin(at));
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

  /** Says something of an opportunity; the answer may be a refusal. */
  deals(opportunityId: string, by: string, body: Record<string, unknown>): Promise<Answer<StoryDeal>> {
    return this.story.call<StoryDeal>('PATCH', `/v1/opportunities/${opportunityId}`, { by, ...body });
  }

  /** As {@link deals}, and it has to pass. */
  async dealt(opportunityId: string, by: string, body: Record<string, unknown>): Promise<StoryDeal> {
    return passed(await this.deals(opportunityId, by, body));
  }

  async books(leadId: string, by: string, kind: string, startsAt: string): Promise<StoryMeeting> {
    return passed(
      await this.story.call<StoryMeeting>('POST', '/v1/meetings', { by, leadId, kind, startsAt }),
    );
  }

  /** Says what becomes of a meeting, which has to pass. */
  async meets(meetingId: string, by: string, body: Record<string, unknown>): Promise<StoryMeeting> {
    return passed(await this.story.call<StoryMeeting>('PATCH', `/v1/meetings/${meetingId}`, { by, ...body }));
  }

  /** The calendar invitation of the lead's latest meeting is sent now. */
  async invited({ life }: LifeLead, by: string): Promise<void> {
    await this.meets(life.meetings.at(-1)?.meetingId ?? '', by, { invitedAt: await this.story.now() });
  }

  /** The lead as it stands, with what has become of it. */
  async lived(leadId: string): Promise<LifeLead> {
    return (await this.story.call<LifeLead>('GET', `/v1/leads/${leadId}`)).body;
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
