import { allowedFields, powertoolsLog } from '../../../lambdas/shared/logger.ts';

const lines: unknown[][] = [];
const push = (...line: unknown[]) => void lines.push(line);
const log = powertoolsLog({ info: push, warn: push, error: push });

beforeEach(() => (lines.length = 0));

test('keeps identifiers and counts', () => {
  const fields = { leadId: 'lead-1', attempts: 3, rung: null, effectIds: ['a', 'b'] };
  expect(allowedFields(fields)).toEqual(fields);
});

test.each(['email', 'phone', 'firstName', 'contact', 'company', 'body', 'to', 'subject', 'lead', 'input'])(
  'leaves %s out and says so',
  (name) => {
    expect(allowedFields({ leadId: 'lead-1', [name]: 'Ada Byron' })).toEqual({
      leadId: 'lead-1',
      dropped: [name],
    });
  },
);

test('takes no object under an allowed name', () => {
  expect(allowedFields({ state: { email: 'ada@prospect.example' } })).toEqual({ dropped: ['state'] });
});

test('takes addresses out of errors and messages', () => {
  log.error('Refused ada@prospect.example', { error: new Error('to <ada@prospect.example>: no') });
  expect(lines).toEqual([['Refused <address>', { error: 'Error: to <<address>>: no' }]]);
});

test.each(['info', 'warn', 'error'] as const)('writes %s without fields', (level) => {
  log[level]('Done');
  expect(lines).toEqual([['Done', {}]]);
});
