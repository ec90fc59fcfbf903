import fc from 'fast-check';
import { submitLeadSchema } from '../../../lambdas/api/schemas/lead-intake.ts';
import { STAND_INS } from '../../../local/replay/mapping.ts';
import { standIn } from '../../../local/replay/stand-ins.ts';

describe('a stand-in', () => {
  test('is the same for the same record and differs between records', () => {
    expect(standIn('email', 'a')).toBe(standIn('email', 'a'));
    const mails = new Set(Array.from({ length: 500 }, (_, i) => standIn('email', `lead ${i}`)));
    expect(mails.size).toBeGreaterThan(495);
  });

  test('reaches nobody: reserved domains and fictional numbers only', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(standIn('email', id)).toMatch(/^[a-z]+\.[a-z]+@[a-z]+-\d+\.example$/);
        expect(standIn('domain', id)).toMatch(/\.example$/);
        expect(standIn('phone', id)).toMatch(/^\+1 [2-9]12 555 01\d\d$/);
      }),
    );
  });

  test('belongs to the others of its record', () => {
    const [local, domain] = standIn('email', 'x').split('@');
    expect(local).toBe(`${standIn('firstName', 'x')}.${standIn('lastName', 'x')}`.toLowerCase());
    expect(domain).toBe(standIn('domain', 'x'));
  });

  test('is taken by the API', () => {
    const [firstName, lastName, email, phone, name, domain] = STAND_INS.map((kind) => standIn(kind, 'x'));
    const lead = {
      crm: { system: 's', recordId: 'x' },
      ...{ qualifiedAt: '2018-01-01T00:00:00Z', source: 'demo_request' },
      contact: { firstName, lastName, email, phone },
      company: { name, domain },
    };
    expect(submitLeadSchema.safeParse(lead).error).toBeUndefined();
  });
});
