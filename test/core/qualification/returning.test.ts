import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { normalSubject, returningOf, suspectsOf } from '../../../core/qualification/suppression.ts';
import type { ReturningFacts } from '../../../core/qualification/suppression.ts';
import type { SuppressionSubject } from '../../../core/model/suppression.ts';
import { defaultPolicy } from './facts.ts';

const MONDAY = '2026-11-16T10:00:00.000Z';
const TUESDAY = '2026-11-17T10:00:00.000Z';
const WEDNESDAY = '2026-11-18T10:00:00.000Z';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await defaultPolicy();
});

const returning = (facts: Partial<ReturningFacts>) =>
  returningOf(policy, { contact: {}, company: {}, signals: [], ...facts });
const signals = (...all: [string, string, string?][]) =>
  all.map(([type, at, session]) => ({ type, at, session }));

describe('the latest high-intent act', () => {
  it.each<[string, Partial<ReturningFacts>, string | null]>([
    ['none where nothing was done', {}, null],
    ['an act of tier 1', { signals: signals(['demo_request', TUESDAY], ['demo_request', MONDAY]) }, TUESDAY],
    ['what is an act of tier 1 by another name', { signals: signals(['inbound_chat', MONDAY]) }, MONDAY],
    ['none of tier 2', { signals: signals(['case_study', MONDAY], ['webinar_attendee', MONDAY]) }, null],
    ['a source of high intent', { source: 'review_site_intent', qualifiedAt: MONDAY }, MONDAY],
    ['no source of less', { source: 'content_download', qualifiedAt: MONDAY }, null],
    ['no source without its instant', { source: 'demo_request' }, null],
    [
      'visits repeated within 14 days, at the second',
      { signals: signals(['visit', MONDAY, 's-1'], ['visit', TUESDAY, 's-2']) },
      TUESDAY,
    ],
    [
      'the pricing page and two more in a session, at the last of them',
      {
        signals: signals(
          ['product_page', WEDNESDAY, 's-1'],
          ['pricing_page', MONDAY, 's-1'],
          ['product_page', TUESDAY, 's-1'],
        ),
      },
      WEDNESDAY,
    ],
    [
      'no single visit told twice',
      {
        signals: signals(['visit', MONDAY, 's-1']).flatMap((one) => [
          { ...one, id: 'a' },
          { ...one, id: 'a' },
        ]),
      },
      null,
    ],
  ])('%s', (_what, facts, at) => {
    expect(returning(facts).highIntentAt).toBe(at);
  });

  it('is each of a row of the same, though the score counts them once in 30 days', () => {
    const all = signals(['demo_request', MONDAY], ['demo_request', TUESDAY], ['demo_request', WEDNESDAY]);
    expect(returning({ signals: all }).highIntentAt).toBe(WEDNESDAY);
  });
});

describe('the latest engagement', () => {
  it.each<[string, Partial<ReturningFacts>, string | null]>([
    [
      'a signal of any kind',
      { signals: signals(['email_open', TUESDAY], ['demo_request', MONDAY]) },
      TUESDAY,
    ],
    ['a source of any intent', { source: 'newsletter_signup', qualifiedAt: WEDNESDAY }, WEDNESDAY],
    ['no unsubscription', { signals: signals(['unsubscribe', TUESDAY], ['email_open', MONDAY]) }, MONDAY],
    ['nothing that the policy does not know', { signals: signals(['mail_bounced', TUESDAY]) }, null],
  ])('%s', (_what, facts, at) => {
    expect(returning(facts).engagedAt).toBe(at);
  });
});

describe('reachable', () => {
  const contact = { email: 'ada@example.com', phone: '+1 617 555 0100', country: 'US' };
  it.each([
    ['by an address and a number', {}, true],
    ['by a role address, too: it is valid', { email: 'info@example.com' }, true],
    ['by free mail, too', { email: 'ada@gmail.com' }, true],
    ['not without an address', { email: undefined }, false],
    ['not without a number', { phone: undefined }, false],
    ['not by what is no address', { email: 'ada@example' }, false],
    ['not by an address that will be gone tomorrow', { email: 'ada@mailinator.com' }, false],
    ['not by what is no number', { phone: '12' }, false],
  ])('%s', (_what, change, expected) => {
    expect(returning({ contact: { ...contact, ...change } }).reachable).toBe(expected);
  });
});

describe('suspects', () => {
  it('are the address, all domains down to two labels, and the name, in one spelling', () => {
    const contact = { email: ' Ada@Mail.EU.Example.com ' };
    const company = { name: 'Café  Müller & Söhne, GmbH', domain: 'www.Example.com' };
    expect(suspectsOf({ contact, company })).toEqual({
      email: 'ada@mail.eu.example.com',
      domains: ['mail.eu.example.com', 'eu.example.com', 'example.com'],
      company: 'cafe muller sohne gmbh',
    });
  });

  it('have domains of both, each once', () => {
    const { domains } = suspectsOf({
      contact: { email: 'a@müller.de' },
      company: { domain: 'shop.example.org' },
    });
    expect(domains).toEqual(['xn--mller-kva.de', 'shop.example.org', 'example.org']);
  });

  it('are nobody where nothing is known, or nothing of use', () => {
    expect(suspectsOf({ contact: {}, company: {} })).toEqual({ domains: [] });
    expect(
      suspectsOf({ contact: { email: 'nobody' }, company: { name: ' –– ', domain: 'localhost' } }),
    ).toEqual({
      domains: [],
    });
  });

  it.each<[SuppressionSubject['kind'], string, string]>([
    ['person', 'ADA@Example.COM', 'ada@example.com'],
    ['person', 'ada@MÜLLER.de', 'ada@xn--mller-kva.de'],
    ['domain', 'WWW.Rival.example', 'rival.example'],
    ['company', 'ACME, Inc.', 'acme inc'],
    ['company', "McDonald's", 'mcdonalds'],
    ['company', 'Łódź  SØ', 'lodz so'],
  ])('%s %s is %s, which stays as it is', (kind, value, normal) => {
    expect(normalSubject({ kind, value })).toBe(normal);
    expect(normalSubject({ kind, value: normal })).toBe(normal);
  });
});
