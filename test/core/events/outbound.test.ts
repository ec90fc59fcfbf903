import fc from 'fast-check';
import { outboundOf, type CrmNames } from '../../../core/events/outbound.ts';
import { EVENT_SCHEMAS, isDetailType } from '../../../core/events/schemas.ts';
import { sentenceOf } from '../../../core/events/sentence.ts';
import { SALESFORCE_FIELDS } from '../../support/salesforce.ts';

const salesforce: CrmNames = {
  system: 'salesforce',
  fields: SALESFORCE_FIELDS,
};
const values = {
  slaStart: '2026-11-20T15:04:05.000Z',
  slaDue: '2026-11-20T15:09:05.000Z',
  slaStatus: 'breached',
  priority: 'hot',
  firstContact: null,
  attempts: 2,
  breachReason: 'Nobody called, though "hot".',
  revision: 7,
};
const breached = {
  leadId: 'lead-1',
  cycle: 1,
  crmSystem: 'salesforce',
  crmRecordId: '00Q5g00000ABCDE',
  clockId: 'mql.respond/1',
  commitment: 'mql.respond',
  rung: 'breach',
  ownerId: 'sam',
  dueAt: values.slaDue,
  reason: 'No first contact until the deadline.',
  crm: values,
};

describe('what an event takes along', () => {
  test('is nothing, where the environment sends nothing outside', () => {
    expect(outboundOf({}, 'SlaBreached', breached)).toBeUndefined();
  });

  test('is the sentence of the facts that are listed, and of no others', () => {
    const settings = { facts: ['SlaBreached'] };
    expect(outboundOf(settings, 'SlaBreached', breached)).toEqual({
      sentence:
        'Lead lead-1: the target was missed (mql.respond). Owner: sam. Due: 2026-11-20T15:09:05.000Z. ' +
        'Reason: No first contact until the deadline.',
    });
    expect(outboundOf(settings, 'SlaAtRisk', breached)).toBeUndefined();
  });

  test('is the request to the CRM, in its own words, null where there is no value', () => {
    expect(outboundOf({ crm: salesforce }, 'SlaBreached', breached)).toEqual({
      crm: {
        recordId: '00Q5g00000ABCDE',
        body: {
          SLA_Start__c: values.slaStart,
          SLA_Due__c: values.slaDue,
          SLA_Status__c: 'breached',
          SLA_Priority__c: 'hot',
          SLA_First_Contact__c: null,
          SLA_Attempts__c: 2,
          SLA_Breach_Reason__c: values.breachReason,
        },
      },
    });
  });

  test('lies under a key, says "no value" in another way, and carries the number of the change, if the CRM wants so', () => {
    const crm: CrmNames = { ...salesforce, under: 'properties', revision: 'sla_revision', noValue: '' };
    const body = outboundOf({ crm }, 'SlaBreached', breached)?.crm?.body;
    expect(body).toEqual({
      properties: expect.objectContaining({
        SLA_First_Contact__c: '',
        SLA_Attempts__c: 2,
        sla_revision: 7,
      }) as unknown,
    });
  });

  test.each([
    ['a lead of another CRM', { crmSystem: 'hubspot' }],
    ['an event without the values', { crm: undefined }],
    ['an event without a record', { crmRecordId: undefined }],
    ['an id that would lead to another address', { crmRecordId: '..' }],
  ])('is no request for %s', (_, change) => {
    expect(outboundOf({ crm: salesforce }, 'SlaBreached', { ...breached, ...change })).toBeUndefined();
  });

  test('holds an id that cannot leave its place in the path', () => {
    const odd = { ...breached, crmRecordId: '../Account/1?x=é#' };
    expect(outboundOf({ crm: salesforce }, 'SlaBreached', odd)?.crm?.recordId).toBe(
      '..%2FAccount%2F1%3Fx%3D%C3%A9%23',
    );
  });
});

describe('the sentence of a fact', () => {
  test.each(Object.keys(EVENT_SCHEMAS).filter(isDetailType))(
    '%s names its subject and ends as a sentence',
    (type) => {
      expect(sentenceOf(type, { leadId: 'lead-1', cycle: 1 })).toMatch(/^Lead lead-1: [a-z][\w ]+\.$/i);
    },
  );

  test('about a person names the person', () => {
    expect(sentenceOf('AvailabilityChanged', { personId: 'sam' })).toBe(
      'Person sam: the availability has changed.',
    );
  });

  test('leaves out what is null, and a reason that somebody typed', () => {
    expect(
      sentenceOf('ClockPaused', { leadId: 'l', ownerId: null, dueAt: null, reason: 'Ada Byron is away' }),
    ).toBe('Lead l: the clock was paused.');
  });

  test('of a held lead says for whom it waits and until when, and of a review not what was typed', () => {
    const dueAt = '2026-11-20T19:04:00.000Z';
    expect(sentenceOf('LeadHeld', { leadId: 'l', commitment: 'marketing.enrich', dueAt })).toBe(
      `Lead l: the lead is held for Marketing (marketing.enrich). Due: ${dueAt}.`,
    );
    expect(sentenceOf('ReviewDecided', { leadId: 'l', reason: 'Ada Byron asked' })).toBe(
      'Lead l: the review is decided.',
    );
  });

  test('stays one JSON string between two quotation marks, whatever the reason is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (reason) => {
        const told = sentenceOf('SlaBreached', { leadId: 'l', reason });
        expect(JSON.parse(`"${told}"`)).toBe(told);
        expect(told).not.toMatch(/[<>]/);
      }),
    );
  });
});
