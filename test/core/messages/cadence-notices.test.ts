/** What is told about missed touches (policy book §9). */
import { renderNotice } from '../../../core/messages/index.ts';
import type { Message, NoticeInput } from '../../../core/messages/index.ts';
import { clock as response, mona, reminder, sam } from './fixture.ts';

const clock = { ...response, commitment: 'cadence.touch', touch: 3, stop: ['touch_made'], rungs: [] };
const say = (input: Partial<NoticeInput>): Message => renderNotice({ ...reminder, clock, ...input });

test('a missed touch: which, when it was due, and that a task is open', () => {
  const { subject, text } = say({ notice: 'touch_missed', recipient: sam });
  expect(subject).toBe('Missed touch: Example Works');
  expect(text).toMatch(/Touch 3 of the cadence of Example Works was due .* and was not made\. A task/);
  expect(text).toContain('The next touch is due on its own day.');
});

test('several: the manager learns whose it is', () => {
  const { subject, text } = say({ notice: 'touches_missed', recipient: mona });
  expect(subject).toBe('Several touches missed: Example Works');
  expect(text).toContain(`The owner is ${sam.name}.`);
});

test.each([
  ['the owner', sam, 'You owe the lead a disposition'],
  ['the manager', mona, `${sam.name} owes the lead a disposition`],
])('a disposition that is required, to %s', (_who, recipient, said) => {
  const { text } = say({ notice: 'disposition_required', recipient });
  expect(text).toContain(said);
  expect(text).toContain('A clock runs until the lead has its disposition.');
});
