import fc from 'fast-check';
import { phoneOf } from '../../../../core/qualification/gate/phone.ts';

test.each([
  ['+1 617 555 0100', 'US', '+16175550100', 'US'],
  ['(617) 555-0100', 'US', '+16175550100', 'US'],
  ['030 901820', 'DE', '+4930901820', 'DE'],
  ['030 901820', ' de ', '+4930901820', 'DE'],
  ['0049 30 901820', 'DE', '+4930901820', 'DE'],
  ['0049 30 901820', undefined, '+4930901820', 'DE'],
  ['+49 (0)30 901820', undefined, '+4930901820', 'DE'],
  ['Tel.: +49 30 901820 ext. 12', undefined, '+4930901820', 'DE'],
  ['+41 44 668 18 00', 'DE', '+41446681800', 'CH'],
  ['044 668 18 00', 'CH', '+41446681800', 'CH'],
  ['020 7946 0958', 'GB', '+442079460958', 'GB'],
  ['+49 30 901820', 'XX', '+4930901820', 'DE'],
])('%s of a contact in %s is %s', (phone, country, e164, where) => {
  expect(phoneOf(phone, country)).toEqual({
    ...{ e164, valid: true, valueClass: null },
    because: `it is a number of ${where}`,
  });
});

test.each([
  ['617 555 0100', undefined, 'without_country'],
  ['617 555 0100', 'XX', 'without_country'],
  ['+999 123 4567', 'DE', 'unknown_country_code'],
  ['00999 123 4567', undefined, 'unknown_country_code'],
  ['call me', 'DE', 'not_a_number'],
  ['', 'DE', 'not_a_number'],
  ['+3531', 'IE', 'too_short'],
  ['123456789012345678901', 'DE', 'too_long'],
  ['(555) 123', 'US', 'wrong_length'],
])('%s of a contact in %s is none: %s', (phone, country, valueClass) => {
  expect(phoneOf(phone, country)).toMatchObject({ e164: null, valid: false, valueClass });
});

test.each(['000 000 0000', '111 111 1111', '+1 999 999 9999'])('%s is given out by nobody', (phone) => {
  expect(phoneOf(phone, 'US')).toMatchObject({ valid: false, valueClass: 'no_such_number' });
});

test('the reason never repeats the number, and nothing makes it throw', () => {
  const texts = fc.oneof(fc.string({ maxLength: 300 }), fc.stringMatching(/^[+0-9 ()/.-]{1,40}$/));
  fc.assert(
    fc.property(texts, fc.constantFrom('US', 'DE', 'XX', undefined), (phone, country) => {
      const { because, valid, e164 } = phoneOf(phone, country);
      expect(because).not.toMatch(/\d/);
      if (valid) expect(phoneOf(e164!, undefined)).toMatchObject({ e164, valid: true });
    }),
  );
});
