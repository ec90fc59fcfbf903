import type { ItemKind } from '../../../core/consequences/items.ts';
import type { KeptItem } from '../../../core/consequences/kept.ts';
import { renderItem } from '../../../core/messages/item.ts';
import type { Person } from '../../../core/model/person.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';
import { aPerson } from '../routing/fixture.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await loadPolicy('policy/default.yaml');
});
const SAM = aPerson('sam', { name: 'Sam Reyes' });

function kept(item: ItemKind, change: Partial<KeptItem> = {}): KeptItem {
  return {
    ...{ itemId: `sam/2026-W47/${item}`, personId: 'sam', period: '2026-W47', item, state: 'open' },
    ...{ at: '2026-11-23T05:00:00.000Z', breaches: ['lead-1/sal.decide-1'], diagnostic: false, tell: [] },
    ...{ poolId: 'smb', title: 'A title', explanation: 'An explanation.', version: 1, opened: 1, told: [] },
    ...{ closed: null, held: [], owed: [] },
    ...change,
  };
}
const render = (
  item: KeptItem,
  notice: 'item_opened' | 'item_taken_back' = 'item_opened',
  person: Person | null = SAM,
) => renderItem({ notice, item, person, recipient: aPerson('mona', { name: 'Mona' }), policy });

test.each([
  ['coaching', 'Please decide: coaching for Sam Reyes (2026-W47)'],
  ['written_warning_and_training', 'Please decide: a written warning and training for Sam Reyes (2026-W47)'],
  ['improvement_plan', 'Please decide: an improvement plan for Sam Reyes (2026-W47)'],
  ['role_review', 'Pattern to look into: Sam Reyes (2026-W47)'],
] as const)('%s is a task for whoever is told, who decides', (item, subject) => {
  const message = render(kept(item));
  expect(message.subject).toBe(subject);
  expect(message.text).toContain('It is for you to decide; nothing follows by itself.');
  expect(message.text).toContain('- The lead is accepted or rejected with a code (lead lead-1)');
  expect(message.text).toContain(`POST /people/sam/consequences/2026-W47/${item}/close`);
});

test('a review asks people to meet and blames nobody', () => {
  const explanation = '2 of 5 SQLs that alice decided about were rejected under AE-REJ-01 or AE-REJ-02.';
  const { subject, text } = render(
    kept('three_way_review', { period: '2026-11', breaches: ['lead-1', 'lead-2'], explanation }),
  );
  expect(subject).toBe('Please meet: rejected SQLs of 2026-11, with Sam Reyes');
  expect(text).toContain(explanation);
  expect(text).toContain('- Lead lead-1\n- Lead lead-2');
  expect(`${subject} ${text}`).not.toMatch(/fault|blame|missed|warning|decide:|weak|bad/i);
});

test('what is taken back says that nothing has to be done', () => {
  const { subject, text } = render(kept('coaching', { state: 'taken_back' }), 'item_taken_back');
  expect(subject).toBe('No longer due: coaching for Sam Reyes (2026-W47)');
  expect(text).toContain('Nothing has to be done about it any more.');
});

test('many commitments are counted, and whoever left the roster is called by their id', () => {
  const breaches = Array.from({ length: 13 }, (_, i) => `lead-${i}/cadence/breach`);
  const { subject, text } = render(kept('improvement_plan', { breaches }), 'item_opened', null);
  expect(subject).toContain('for sam (2026-W47)');
  expect(text).toContain('- and 3 more');
  expect(text).toContain('- Lead lead-9\n');
});

test('a name is shown and never mark-up', () => {
  const { html, subject } = render(kept('coaching'), 'item_opened', { ...SAM, name: '<b>Sam</b>\r\nBcc: x' });
  expect(html).not.toContain('<b>Sam');
  expect(subject).not.toMatch(/[\r\n]/);
});
