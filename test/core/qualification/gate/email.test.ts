import fc from 'fast-check';
import type { MxVerdict } from '../../../../core/qualification/gate/email.ts';
import { emailOf } from '../../../../core/qualification/gate/email.ts';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import packageJson from '../../../../package.json' with { type: 'json' };
import { defaultPolicy } from '../facts.ts';

type Rules = CompiledPolicy['mqlGate']['email'];

async function judged(email: string | undefined, change: Partial<Rules> = {}, mx: MxVerdict = 'takes_mail') {
  const { mqlGate } = await defaultPolicy();
  return emailOf({ mqlGate: { ...mqlGate, email: { ...mqlGate.email, ...change } } }, email, mx);
}

async function faults(...from: Parameters<typeof judged>): Promise<(string | undefined)[]> {
  return (await judged(...from)).filter(({ met }) => !met).map(({ valueClass }) => valueClass);
}

test("a person's address at a company meets every criterion of the policy", async () => {
  const criteria = await judged('ada.abbot@blue-heron-foods.example');
  expect(criteria.map(({ criterion, met }) => [criterion, met])).toEqual([
    ['email.invalid', true],
    ['email.role_based', true],
    ['email.free_mail', true],
    ['email.disposable', true],
    ['email.domain_without_mail', true],
  ]);
  expect(criteria.every((one) => one.field === 'contact.email' && !('valueClass' in one))).toBe(true);
});

test.each([undefined, '', '  '])('of no address (%p) nothing is said here', async (email) => {
  expect(await judged(email)).toEqual([]);
});

test('of what is no address only that is said', async () => {
  expect(await judged('info@mailinator', {}, 'takes_none')).toEqual([
    {
      criterion: 'email.invalid',
      met: false,
      field: 'contact.email',
      valueClass: 'invalid',
      wouldPass: 'an address like ada@example.com',
    },
  ]);
  expect(await judged('info@mailinator', { refuse: ['role_based', 'free_mail'] })).toEqual([]);
});

test.each([
  'info',
  'INFO',
  'info+web',
  'sales',
  'kontakt',
  'contact',
  'no-reply',
  'noreply',
  'no_reply',
  'contacto',
  'vertrieb',
  'segreteria',
])('%s@ is a role address', async (local) => {
  expect(await faults(`${local}@blue-heron-foods.example`)).toEqual(['role_based']);
});

test.each(['ada', 'info.abbot', 'salesman', 'ada.sales', 'ada+info', 'j.contact'])(
  '%s@ is the address of a person',
  async (local) => {
    expect(await faults(`${local}@blue-heron-foods.example`)).toEqual([]);
  },
);

test('the roles are those of the policy', async () => {
  expect(await faults('info@heron.example', { roles: ['vorstand'] })).toEqual([]);
  expect(await faults('vorstand@heron.example', { roles: ['vorstand'] })).toEqual(['role_based']);
});

test.each([
  ...['gmail.com', 'GMAIL.com', 'hotmail.de', 'gmx.at', 'web.de', 'bluewin.ch', 'yahoo.co.uk', 'laposte.net'],
  // Missing on the list; the default policy adds them.
  ...['posteo.de', 'fastmail.com', 'gmx.ch'],
])('an address at %s is free mail', async (domain) => {
  expect(await faults(`ada.abbot@${domain}`)).toEqual(['free_mail']);
});

test.each([
  'siemens.com',
  'accenture.com',
  'gmail.com.heron.example',
  'heron.spb.ru',
  'bt.com',
  'nus.edu.sg',
])('an address at %s is not free mail', async (domain) => {
  expect(await faults(`ada.abbot@${domain}`)).toEqual([]);
});

test.each(['mailinator.com', 'any.thing.mailinator.com', 'yopmail.com', '10minutemail.co.uk'])(
  'an address at %s is disposable',
  async (domain) => {
    expect(await faults(`ada.abbot@${domain}`)).toContain('disposable');
  },
);

test('a sibling of a disposable domain is not disposable', async () => {
  expect(await faults('ada@mailinator.co', { refuse: ['disposable'] })).toEqual([]);
  expect(await faults('ada@heron.co.uk', { refuse: ['disposable'] })).toEqual([]);
});

test('a list is named with its version, the policy as itself', async () => {
  const note = async (email: string, change: Partial<Rules> = {}) =>
    (await judged(email, change)).flatMap((one) => one.note ?? []);
  const { dependencies } = packageJson;
  expect(await note('ada@hotmail.de')).toEqual([
    `the domain is listed by email-providers ${dependencies['email-providers']}`,
  ]);
  expect(await note('ada@mailinator.com', { refuse: ['disposable'] })).toEqual([
    `the domain is listed by disposable-email-domains-js ${dependencies['disposable-email-domains-js']}`,
  ]);
  expect(await note('ada@posteo.de')).toEqual(['the domain is listed by the policy']);
});

describe("the policy's own domains", () => {
  const refuse: Rules['refuse'] = ['free_mail', 'disposable'];
  const none = { allow: [], refuse: [] };

  test('allow what a list refuses, with its subdomains', async () => {
    const change = { refuse, disposable: none, freeMail: { allow: ['Gmail.com'], refuse: [] } };
    expect(await faults('ada@gmail.com', change)).toEqual([]);
    expect(await faults('ada@gmx.de', change)).toEqual(['free_mail']);
    const lasting = { refuse, freeMail: none, disposable: { allow: ['x.yopmail.fr'], refuse: [] } };
    expect(await faults('ada@x.yopmail.fr', lasting)).toEqual([]);
    expect(await faults('ada@y.x.yopmail.fr', lasting)).toEqual([]);
    expect(await faults('ada@y.yopmail.fr', lasting)).toEqual(['disposable']);
  });

  test('refuse what no list knows, with its subdomains', async () => {
    const change = { refuse, disposable: none, freeMail: { allow: [], refuse: ['müller.example'] } };
    expect(await faults('ada@müller.example', change)).toEqual(['free_mail']);
    expect(await faults('ada@post.xn--mller-kva.example', change)).toEqual(['free_mail']);
    expect(await faults('ada@heron.example', change)).toEqual([]);
  });

  test('decide by the entry that is nearest', async () => {
    const freeMail = { allow: ['staff.heron.example'], refuse: ['heron.example', 'old.staff.heron.example'] };
    const change = { refuse, disposable: none, freeMail };
    expect(await faults('ada@heron.example', change)).toEqual(['free_mail']);
    expect(await faults('ada@staff.heron.example', change)).toEqual([]);
    expect(await faults('ada@old.staff.heron.example', change)).toEqual(['free_mail']);
  });
});

describe('a domain', () => {
  const mail = async (mx: MxVerdict) =>
    (await judged('ada@heron.example', { refuse: ['domain_without_mail'] }, mx))[0];

  test('that takes mail passes without a note', async () => {
    expect(await mail('takes_mail')).toMatchObject({ met: true });
    expect(await mail('takes_mail')).not.toHaveProperty('note');
  });
  test('that takes none fails', async () => {
    expect(await mail('takes_none')).toMatchObject({ met: false, valueClass: 'domain_without_mail' });
  });
  test('of which nothing is known passes with a note', async () => {
    const { met, note } = (await mail('unknown'))!;
    expect(met).toBe(true);
    expect(note).toMatch(/not known/);
  });
});

test('only what the policy refuses is judged', async () => {
  expect(await judged('info@mailinator.com', { refuse: [] }, 'takes_none')).toEqual([]);
  expect(await faults('info@mailinator.com', { refuse: ['role_based'] }, 'takes_none')).toEqual([
    'role_based',
  ]);
});

test('no criterion repeats a part of the address', async () => {
  const policy = await defaultPolicy();
  const locals = fc.stringMatching(/^q[0-9]{4,12}z$/);
  const domains = fc.oneof(fc.stringMatching(/^q[0-9]{4,12}z\.example$/), fc.constant('mailinator.com'));
  fc.assert(
    fc.property(
      ...([locals, domains, fc.constantFrom('takes_mail', 'takes_none', 'unknown')] as const),
      (local, domain, mx) => {
        const said = JSON.stringify(emailOf(policy, `${local}@${domain}`, mx));
        expect(said).not.toContain(local);
        expect(said).not.toContain(domain);
      },
    ),
  );
});
