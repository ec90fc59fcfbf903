import { parseAddress } from '../../../../core/qualification/gate/address.ts';

test.each([
  ['ada@example.com', 'ada', 'example.com'],
  [' Ada.Abbot@Example.COM ', 'Ada.Abbot', 'example.com'],
  ["o'brien+web@mail.example.ie", "o'brien+web", 'mail.example.ie'],
  ['r&d/lab@example.com', 'r&d/lab', 'example.com'],
  ['ada@müller.de', 'ada', 'xn--mller-kva.de'],
  ['ada@MÜLLER.DE', 'ada', 'xn--mller-kva.de'],
  ['ada@пример.рф', 'ada', 'xn--e1afmkfd.xn--p1ai'],
  ['ada@xn--e1afmkfd.xn--p1ai', 'ada', 'xn--e1afmkfd.xn--p1ai'],
  [`${'a'.repeat(64)}@example.com`, 'a'.repeat(64), 'example.com'],
])('%s is an address', (email, local, domain) => {
  expect(parseAddress(email)).toEqual({ local, domain });
});

test.each([
  '',
  'ada',
  '@example.com',
  'ada@',
  'ada@localhost',
  'ada@example.com.',
  'ada@example..com',
  'ada@-example.com',
  'ada@example.c',
  'ada@192.0.2.1',
  'ada@[192.0.2.1]',
  'ada@@example.com',
  'ada lovelace@example.com',
  'ada@exam ple.com',
  'ada@example.com/x',
  'ada@exämple.com/x',
  'ada@%65xample.com',
  '.ada@example.com',
  'ada.@example.com',
  'a..da@example.com',
  'ädä@example.com',
  '"ada b"@example.com',
  'ada@example.com, ben@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a'.repeat(64)}.com`,
  `ada@${'a23456789.'.repeat(25)}example.com`,
])('%s is none', (email) => {
  expect(parseAddress(email)).toBeNull();
});
