import type { Company, Contact } from '../../../../core/model/lead.ts';
import { completenessOf } from '../../../../core/qualification/gate/completeness.ts';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { defaultPolicy } from '../facts.ts';

type Rules = CompiledPolicy['mqlGate']['completeness'];

const ADA: Contact = {
  firstName: 'Ada',
  lastName: 'Abbot',
  email: 'ada.abbot@blue-heron-foods.example',
  phone: '+1 617 555 0100',
  title: 'VP Sales',
  country: 'US',
};
const HERON: Company = { name: 'Blue Heron Foods, Inc.' };

async function judged(contact: Contact, company: Company = HERON, change: Partial<Rules> = {}) {
  const { mqlGate } = await defaultPolicy();
  const policy = { mqlGate: { ...mqlGate, completeness: { ...mqlGate.completeness, ...change } } };
  return completenessOf(policy, { contact, company });
}

async function faults(...from: Parameters<typeof judged>) {
  return (await judged(...from)).filter(({ met }) => !met).map((one) => [one.field, one.valueClass]);
}

test('a lead with name, company, e-mail and phone is complete', async () => {
  expect((await judged(ADA)).map(({ criterion, met }) => [criterion, met])).toEqual([
    ['completeness.name', true],
    ['completeness.company', true],
    ['completeness.email', true],
    ['completeness.phone', true],
  ]);
});

test('of a lead without anything each field is told with what would pass', async () => {
  expect(await judged({}, {})).toEqual([
    {
      ...{ criterion: 'completeness.name', met: false, field: 'contact.lastName', valueClass: 'missing' },
      wouldPass: 'a last name',
    },
    {
      ...{ criterion: 'completeness.company', met: false, field: 'company.name', valueClass: 'missing' },
      wouldPass: 'the name of the company',
    },
    {
      ...{ criterion: 'completeness.email', met: false, field: 'contact.email', valueClass: 'missing' },
      wouldPass: 'an e-mail address',
    },
    {
      ...{ criterion: 'completeness.phone', met: false, field: 'contact.phone', valueClass: 'missing' },
      wouldPass: "a telephone number with its country code, or as written in the contact's country",
    },
  ]);
});

test('the fields are those of the policy', async () => {
  expect(await faults({}, {}, { fields: ['title'] })).toEqual([['contact.title', 'missing']]);
  expect(await faults(ADA, HERON, { fields: ['title'] })).toEqual([]);
  expect(await judged({}, {}, { fields: [] })).toEqual([]);
});

test.each([
  ['', 'missing'],
  ['   ', 'missing'],
  ['[not provided]', 'placeholder'],
  [' Unknown ', 'placeholder'],
  ['-', 'placeholder'],
  ['???', 'placeholder'],
])('a company named %p is %s', async (name, valueClass) => {
  expect(await faults(ADA, { name })).toEqual([['company.name', valueClass]]);
});

test.each(['3M', '1&1', '42', 'Ł', '株式会社', 'Unknown Worlds'])('%s is a company', async (name) => {
  expect(await faults(ADA, { name })).toEqual([]);
});

test.each(['Null', 'Na', 'Nil', 'Ö', '李'])('%s is a last name', async (lastName) => {
  expect(await faults({ ...ADA, lastName })).toEqual([]);
});

test('a first name alone is no name', async () => {
  expect(await faults({ ...ADA, lastName: undefined })).toEqual([['contact.lastName', 'first_name_only']]);
  expect(await faults({ ...ADA, firstName: '' })).toEqual([]);
});

test('placeholders are those of the policy', async () => {
  expect(await faults(ADA, { name: 'Private Person' }, { placeholders: ['private person'] })).toEqual([
    ['company.name', 'placeholder'],
  ]);
  expect(await faults(ADA, { name: 'unknown' }, { placeholders: [] })).toEqual([]);
});

describe('a phone number', () => {
  test("is read with the contact's country", async () => {
    const local = { ...ADA, phone: '617 555 0100' };
    expect(await faults(local)).toEqual([]);
    expect(await faults({ ...local, country: 'XX' })).toEqual([['contact.phone', 'without_country']]);
  });

  test('that nobody can dial fails with the reason as a note', async () => {
    const [phone] = (await judged({ ...ADA, phone: '000 000 0000' })).filter(({ met }) => !met);
    expect(phone).toMatchObject({
      valueClass: 'no_such_number',
      note: 'its country gives out no such numbers',
    });
  });

  test('will do as given where the policy says so', async () => {
    const odd = { ...ADA, phone: '000 000 0000' };
    expect(await faults(odd, HERON, { phone: 'given' })).toEqual([]);
    expect(await faults({ ...ADA, phone: ' ' }, HERON, { phone: 'given' })).toEqual([
      ['contact.phone', 'missing'],
    ]);
  });
});
