import { GRACE, PHONE, said } from '../support/inquiry.ts';
import { Story, local } from '../support/story.ts';
import type { StoryInquiry } from '../support/story.ts';

const criteriaThatFail = ({ evaluation }: StoryInquiry): string[] =>
  evaluation.criteria.filter(({ met }) => !met).map(({ criterion }) => criterion);

/** Once, when she begins to fit. */
const OFFER = 'Mon 11:00:00 mona: For you to decide: Analytical Engines (65 points)';

/** `Sun 23:30:00 what` of the entries of a timeline, or of events. */
const inNewYork = (at: string, what: string): string => `${local(at, 'America/New_York')} ${what}`;

const times = (count: number, entry: string): string[] => Array.from({ length: count }, () => entry);

describe('an inquiry that warms up over three weeks, and is an MQL on a Sunday night without a phone number', () => {
  let story: Story;
  let id: string;
  beforeAll(async () => {
    story = await Story.begin('2026-11-02T09:00:00-05:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('day by day: nurture while she does not fit, then an offer to the SDR manager, who may wait', async () => {
    const begun = await story.inquiry({
      contact: { ...GRACE, title: undefined },
      company: { name: 'Analytical Engines', domain: 'analytical.example' },
      signals: [{ id: 'blog', type: 'blog_visit', at: await story.now(), session: 'first' }],
    });
    expect(begun.status).toBe(202);
    id = begun.body.inquiryId;
    expect(said(begun.body)).toEqual(['nurture', 'nurture', 'neither', 25]);
    expect(begun.body.evaluation.score.toThreshold).toBe(35);

    await story.until('2026-11-04T11:00:00-05:00');
    expect(said((await story.signals(id, 'case_study')).body)).toEqual(['nurture', 'nurture', 'neither', 40]);

    // Marketing learns who she is: now she fits, and what she did is not enough.
    await story.until('2026-11-09T11:00:00-05:00');
    const known = { contact: { title: GRACE.title }, company: { employees: 1200 }, by: 'olive' };
    expect((await story.patch(id, known)).status).toBe(200);
    const fits = await story.readInquiry(id);
    expect(said(fits)).toEqual(['nurture', 'review', null, 65]);
    expect(criteriaThatFail(fits)).toEqual(['intent', 'completeness.phone']);

    // Three clicks in a week are one act, when the third has come.
    for (const [at, total] of [
      ['2026-11-10T08:00:00-05:00', 65],
      ['2026-11-12T08:00:00-05:00', 65],
      ['2026-11-14T08:00:00-05:00', 80],
    ] as const) {
      await story.until(at);
      const { body } = await story.signals(id, 'email_click');
      expect(said(body)).toEqual(['nurture', 'review', null, total]);
    }

    // Sixteen days after the first visit: repeated it would have been within 14.
    await story.until('2026-11-18T10:00:00-05:00');
    const visit = { type: 'product_page', session: 'second' };
    const { body } = await story.signals(id, visit, visit);
    expect(said(body)).toEqual(['nurture', 'review', null, 90]);
    expect(body.evaluation.explanation).toEqual([
      'Offered for review: 90 points where 60 are needed, 45 for fit and 45 for intent; the ICP fit is 81.8 of 100.',
      expect.stringMatching(/^What counted most: .+, and no act proves intent yet\.$/) as unknown,
    ]);
    expect(await story.mails()).toEqual([OFFER]);
    expect(await story.executions()).toEqual([]);
  });

  test('on Sunday at 23:30 she asks for a demo: held, and no clock of Sales has started', async () => {
    await story.until('2026-11-22T23:30:00-05:00');
    const { body } = await story.signals(id, 'demo_request');
    expect(said(body)).toEqual(['held', 'held', null, 130]);
    expect(body.evaluation.explanation[0]).toMatch(/^Held until Marketing has done its half: 130 points/);
    expect(body.lead).toMatchObject({ qualifiedAt: null, owner: null, source: 'demo_request', tier: 1 });
    expect(body.lead.clocks.map(({ commitment, status }) => `${commitment} ${status}`)).toEqual([
      'marketing.score met',
      'marketing.enrich within_sla',
    ]);
    expect(await story.mails()).toEqual([OFFER]);
  });

  test('while it is held it is listed with what is missing, and Marketing Ops is told at its opening', async () => {
    await story.until('2026-11-23T09:40:00-05:00');
    const { body } = await story.call<{ leads: unknown[] }>('GET', '/v1/leads?status=held');
    expect(body.leads).toMatchObject([
      {
        leadId: id,
        status: 'held',
        dueAt: '2026-11-23T17:00:00.000Z',
        gate: {
          verdict: 'held',
          failing: [{ criterion: 'completeness.phone', field: 'contact.phone', valueClass: 'missing' }],
        },
      },
    ]);
    expect(await story.mails()).toEqual([
      OFFER,
      'Mon 08:00:00 olive: Held for Marketing: Analytical Engines (4 h left)',
    ]);
    const mail = (await story.mail()).at(-1);
    expect(mail?.text).toContain("The SDR's clock has not started");
    expect(mail?.text).toContain('Phone: missing. What would pass: a telephone number');
    expect(mail?.text).toContain('Marketing has until Mon 23 Nov 2026, 12:00 EST.');
  });

  test('completed at 9:40, assigned at once, called at 9:43: both halves are met', async () => {
    const { status, body } = await story.patch(id, PHONE);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'unassigned', qualifiedAt: '2026-11-23T14:40:00.000Z' });
    await story.pass('PT3M');
    expect(await story.lead(id)).toMatchObject({ status: 'assigned', owner: { personId: 'jo' } });
    const called = await story.attempt(id);
    expect(called.body.clocksMet).toMatchObject([{ commitment: 'mql.respond', verdict: 'met' }]);
    await story.accept(id);
    await story.until('2026-11-23T12:00:00-05:00');
    const lead = await story.lead(id);
    expect(lead).toMatchObject({
      status: 'sal',
      gate: { heldAt: '2026-11-23T04:30:00.000Z', completedAt: '2026-11-23T14:40:00.000Z' },
    });
    expect(
      lead.clocks.map(({ commitment, status, dueAt, metAt }) => [commitment, status, dueAt, metAt]),
    ).toEqual([
      ['marketing.score', 'met', '2026-11-23T17:00:00.000Z', '2026-11-23T04:30:00.000Z'],
      ['marketing.enrich', 'met', '2026-11-23T17:00:00.000Z', '2026-11-23T14:40:00.000Z'],
      ['mql.respond', 'met', '2026-11-23T14:45:00.000Z', '2026-11-23T14:43:00.000Z'],
      ['mql.route', 'met', '2026-11-23T14:55:00.000Z', '2026-11-23T14:40:00.000Z'],
      ['marketing.notify', 'met', '2026-11-23T14:45:00.000Z', '2026-11-23T14:40:00.000Z'],
      ['sal.review', 'met', '2026-11-23T16:40:00.000Z', '2026-11-23T14:43:00.000Z'],
      ['sal.decide', 'met', '2026-11-23T18:40:00.000Z', '2026-11-23T14:43:00.000Z'],
      ['sequence.enroll', 'met', '2026-11-23T23:00:00.000Z', '2026-11-23T14:43:00.000Z'],
      ['activity.log', 'met', '2026-11-23T15:13:00.000Z', '2026-11-23T14:43:00.000Z'],
      ['sal.accept', 'met', '2026-11-23T14:58:00.000Z', '2026-11-23T14:43:00.000Z'],
      // What somebody owes from here on.
      ['contact.follow_up', 'within_sla', '2026-11-25T14:43:00.000Z', null],
      ['cadence.touch', 'within_sla', '2026-11-25T23:00:00.000Z', null],
      ['cadence.touch', 'within_sla', '2026-11-25T23:00:00.000Z', null],
      ['sal.resolve', 'within_sla', '2026-12-14T14:43:00.000Z', null],
      ['sql.feedback', 'within_sla', '2026-11-30T14:43:00.000Z', null],
    ]);
  });

  test('the timeline tells it in order, and the events are on the bus', async () => {
    const timeline = await story.timeline(id);
    expect(timeline.map(({ at, what }) => inNewYork(at, what))).toEqual([
      'Mon 09:00:00 inquiry_received',
      'Mon 09:00:00 lead_nurtured',
      'Mon 11:00:00 lead_updated',
      'Mon 11:00:00 review_offered',
      'Sun 23:30:00 review_lapsed',
      'Sun 23:30:00 lead_held',
      'Sun 23:30:00 clock_started',
      'Sun 23:30:00 clock_started',
      'Sun 23:30:00 message_held',
      'Sun 23:30:00 clock_met',
      'Mon 09:40:00 lead_updated',
      'Mon 09:40:00 lead_qualified',
      ...times(6, 'Mon 09:40:00 clock_started'),
      'Mon 09:40:00 lead_assigned',
      ...times(3, 'Mon 09:40:00 clock_met'),
      'Mon 09:42:30 rung_remind',
      ...times(7, 'Mon 09:43:00 clock_started'),
      'Mon 09:43:00 attempt_recorded',
      'Mon 09:43:00 lead_accepted',
      ...times(6, 'Mon 09:43:00 clock_met'),
    ]);
    const events = await story.events();
    expect(
      events.map(({ at, detailType, detail: { data } }) =>
        inNewYork(
          at,
          typeof data['commitment'] === 'string' ? `${detailType} ${data['commitment']}` : detailType,
        ),
      ),
    ).toEqual([
      'Mon 09:00:00 InquiryReceived',
      'Mon 09:00:00 LeadNurtured',
      'Mon 11:00:00 ReviewOffered',
      'Sun 23:30:00 SlaMet marketing.score',
      'Sun 23:30:00 LeadHeld',
      'Mon 09:40:00 SlaMet marketing.enrich',
      'Mon 09:40:00 LeadQualified',
      'Mon 09:40:00 LeadAssigned mql.respond',
      'Mon 09:40:00 SlaMet mql.route',
      'Mon 09:40:00 SlaMet marketing.notify',
      'Mon 09:42:30 SlaReminderDue mql.respond',
      'Mon 09:43:00 AttemptRecorded',
      'Mon 09:43:00 LeadContacted',
      'Mon 09:43:00 SlaMet mql.respond',
      'Mon 09:43:00 SlaMet activity.log',
      'Mon 09:43:00 LeadAccepted',
      'Mon 09:43:00 SlaMet sal.review',
      'Mon 09:43:00 SlaMet sal.decide',
      'Mon 09:43:00 SlaMet sequence.enroll',
      'Mon 09:43:00 SlaMet sal.accept',
    ]);
    for (const { detail } of events) {
      for (const value of ['Grace', 'Hale', 'grace.hale', '617 555']) {
        expect(JSON.stringify(detail)).not.toContain(value);
      }
    }
  });

  test('one execution has waited for Marketing and one for the SDR, and both have ended', async () => {
    const executions = await story.executions();
    expect(executions.map(({ name, status, state }) => [name.slice(id.length), status, state])).toEqual([
      ['-marketing-enrich-1', 'SUCCEEDED', 'Met in time'],
      ['-1', 'SUCCEEDED', 'Contacted in time'],
      // Two touches of Wednesday; what was met soon has needed no execution.
      ['-cadence-touch-1', 'RUNNING', 'Wait until the deadline'],
      ['-cadence-touch-2', 'RUNNING', 'Wait until the deadline'],
    ]);
    expect(await story.states(`${id}-marketing-enrich-1`)).toEqual([
      'Is the commitment met?',
      "Wait for the recipient's hours",
      'Send what was held',
      'Is the commitment met?',
      'Wait until 50 percent',
      'Remind the owner',
      'Is the commitment met?',
      'Met in time',
    ]);
    expect(await story.states(`${id}-1`)).toEqual([
      'Assign an owner',
      'Is somebody available?',
      'Notify the owner',
      'Is the lead contacted?',
      'Wait until 50 percent',
      'Remind the owner',
      'Is the lead contacted?',
      'Wait until 75 percent',
      'Warn the owner and the manager',
      'Is the lead contacted?',
      'Contacted in time',
    ]);
    expect((await story.mails()).slice(2)).toEqual([
      'Mon 09:40:00 jo: New lead: Analytical Engines (5 min left)',
      'Mon 09:42:30 jo: Reminder: Analytical Engines (2 min 30 s left)',
    ]);
  });
});
