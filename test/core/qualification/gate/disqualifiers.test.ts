import fc from 'fast-check';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { domainOf } from '../../../../core/qualification/gate/domain.ts';
import { disqualifiersOf } from '../../../../core/qualification/gate/fit.ts';
import type { InquiryFacts } from '../../../../core/qualification/gate/types.ts';
import { defaultPolicy } from '../facts.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = structuredClone(await defaultPolicy());
  policy.mqlGate.disqualifiers.competitors.domains = ['rival.com', 'müller.de'];
  policy.mqlGate.disqualifiers.outOfScope.countries = ['AQ', 'FR'];
  policy.mqlGate.disqualifiers.outOfScope.industries = ['Gambling', 'Télécom'];
});

const inquiry = (change: Partial<InquiryFacts>): InquiryFacts => ({
  contact: {},
  company: {},
  signals: [],
  ...change,
});
const judged = (change: Partial<InquiryFacts>, criterion: string) =>
  disqualifiersOf(policy, inquiry(change)).find((one) => one.criterion === criterion)!;
const failing = (change: Partial<InquiryFacts>) =>
  disqualifiersOf(policy, inquiry(change)).flatMap(({ met, criterion }) => (met ? [] : [criterion]));

describe('disqualifiers', () => {
  test('each that the policy names is judged, in its order', () => {
    expect(disqualifiersOf(policy, inquiry({})).map(({ criterion }) => criterion)).toEqual([
      'not_customer',
      'no_open_opportunity',
      'not_competitor',
      'not_suppressed',
      'in_scope',
    ]);
    const fewer = structuredClone(policy);
    fewer.mqlGate.disqualifiers.any = ['out_of_scope', 'suppressed', 'customer'];
    expect(disqualifiersOf(fewer, inquiry({})).map(({ criterion }) => criterion)).toEqual([
      'in_scope',
      'not_suppressed',
      'not_customer',
    ]);
  });

  test.each<[string, Partial<InquiryFacts>, string[]]>([
    ['nothing is known', {}, []],
    ['a customer', { relations: { customer: true } }, ['not_customer']],
    ['no customer', { relations: { customer: false, openOpportunity: false } }, []],
    ['an open opportunity', { relations: { openOpportunity: true } }, ['no_open_opportunity']],
    [
      'everything at once',
      {
        relations: { customer: true, openOpportunity: true },
        company: { domain: 'rival.com', industry: 'gambling' },
      },
      ['not_customer', 'no_open_opportunity', 'not_competitor', 'in_scope'],
    ],
    ["a competitor's address", { contact: { email: 'ann@rival.com' } }, ['not_competitor']],
    ['in capitals', { contact: { email: 'ANN@RIVAL.COM' } }, ['not_competitor']],
    ['below a domain', { contact: { email: 'ann@mail.eu.rival.com' } }, ['not_competitor']],
    [
      'the company only',
      { contact: { email: 'a@b.com' }, company: { domain: 'rival.com' } },
      ['not_competitor'],
    ],
    ['a URL', { company: { domain: 'https://www.rival.com/en?x=1' } }, ['not_competitor']],
    ['letters beyond ASCII', { contact: { email: 'ann@xn--mller-kva.de' } }, ['not_competitor']],
    ['a longer name', { contact: { email: 'ann@notrival.com' } }, []],
    ['another ending', { contact: { email: 'ann@rival.com.example.org' } }, []],
    ['the domain as a name', { contact: { email: 'rival.com@example.org' } }, []],
    ['no domain at all', { contact: { email: 'ann' }, company: { domain: 'rival' } }, []],
    ['a country out of scope', { contact: { country: 'AQ' } }, ['in_scope']],
    ['in small letters', { contact: { country: ' aq ' } }, ['in_scope']],
    ['told by the zone', { contact: { timeZone: 'Europe/Paris' } }, ['in_scope']],
    ['the country before the zone', { contact: { country: 'DE', timeZone: 'Europe/Paris' } }, []],
    ['an industry out of scope', { company: { industry: 'GAMBLING' } }, ['in_scope']],
    ['without its accents', { company: { industry: 'telecom' } }, ['in_scope']],
    ['a part of an industry', { company: { industry: 'Online gambling' } }, []],
  ])('%s', (_, change, expected) => {
    expect(failing(change)).toEqual(expected);
  });

  test('the verdict gives the field and the class of the value, and what would pass', () => {
    expect(judged({ company: { domain: 'www.rival.com' } }, 'not_competitor')).toEqual({
      criterion: 'not_competitor',
      met: false,
      field: 'company.domain',
      valueClass: 'competitor_domain',
      wouldPass: 'An e-mail address and a company outside the domains of competitors.',
    });
    expect(judged({}, 'not_customer')).toMatchObject({ met: true, valueClass: 'not_known' });
    expect(judged({ company: { industry: 'Gambling' } }, 'in_scope').field).toBe('company.industry');
  });

  test('whatever lies below a competitor is the competitor, and no value is in the verdict', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9]{0,6}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), label, (below, name) => {
        const email = `zz${name}zz@${[...below, 'rival.com'].join('.')}`;
        const verdicts = disqualifiersOf(policy, inquiry({ contact: { email } }));
        expect(verdicts.filter(({ met }) => !met).map(({ criterion }) => criterion)).toEqual([
          'not_competitor',
        ]);
        expect(JSON.stringify(verdicts)).not.toContain(`zz${name}zz`);
        expect(failing({ contact: { email: `a@${name}rival.com` } })).toEqual([]);
      }),
    );
  });
});

describe('the domain', () => {
  test.each([
    ['Example.COM', 'example.com'],
    ['ann@Example.com', 'example.com'],
    ['"a@b"@example.com', 'example.com'],
    ['https://www.example.com:8443/a/b@c.org?d', 'example.com'],
    ['https://www.example.com/a', 'example.com'],
    ['www.example.com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['localhost', null],
    ['', null],
    [undefined, null],
    ['a b.com', null],
    ['ann@', null],
  ])('in %j is %s', (text, expected) => {
    expect(domainOf(text)).toBe(expected);
  });

  test('any text has one or none', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => domainOf(text)?.includes('.') ?? true));
  });
});
