import { differences } from './compare.ts';
import type { Outcome } from './outcome.ts';

const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  scenario: 'A contact between two rungs',
  engine: 'embedded',
  executions: {
    'A: 1': { machine: 'mql-response', status: 'SUCCEEDED', states: ['Assign an owner', 'Met'] },
  },
  mails: { 'A: Reminder: … → owner 1': 1 },
  events: { 'A: SlaMet mql.respond': 1 },
  figures: { toOwnerMs: [12], lateness: [], latenessAfterStop: [] },
  ...change,
});

describe('two engines', () => {
  test('that did the same differ in nothing, however long it took them', () => {
    const slower = outcome({
      engine: 'deployed',
      figures: { toOwnerMs: [900], lateness: [], latenessAfterStop: [] },
    });
    expect(differences([outcome()], [slower])).toEqual([]);
  });

  test.each<[string, Partial<Outcome>, string, string, string]>([
    [
      'another state',
      {
        executions: { 'A: 1': { machine: 'mql-response', status: 'SUCCEEDED', states: ['Assign an owner'] } },
      },
      'states of A: 1',
      'Assign an owner > Met',
      'Assign an owner',
    ],
    [
      'another end',
      {
        executions: {
          'A: 1': { machine: 'mql-response', status: 'FAILED', states: ['Assign an owner', 'Met'] },
        },
      },
      'machine and status of A: 1',
      'mql-response, SUCCEEDED',
      'mql-response, FAILED',
    ],
    ['a mail more', { mails: { 'A: Reminder: … → owner 1': 2 } }, 'mails A: Reminder: … → owner 1', '1', '2'],
    ['an event less', { events: {} }, 'events A: SlaMet mql.respond', '1', 'nothing'],
  ])('%s is told', (_, change, what, embedded, deployed) => {
    expect(differences([outcome()], [outcome(change)])).toEqual([
      { scenario: 'A contact between two rungs', what, embedded, deployed },
    ]);
  });

  test('of which only one has played a scenario differ in that', () => {
    const played = { scenario: 'A contact between two rungs', what: 'played' };
    expect(differences([outcome()], [])).toEqual([{ ...played, embedded: 'yes', deployed: 'nothing' }]);
    expect(differences([], [outcome()])).toEqual([{ ...played, embedded: 'nothing', deployed: 'yes' }]);
  });

  test('a difference that is known carries its explanation, any other does not', () => {
    const known = [{ scenario: /rungs/, what: /^mails/, why: 'The emulator says so.' }];
    const other = outcome({ mails: {}, events: {} });
    expect(differences([outcome()], [other], known).map(({ what, explained }) => [what, explained])).toEqual([
      ['mails A: Reminder: … → owner 1', 'The emulator says so.'],
      ['events A: SlaMet mql.respond', undefined],
    ]);
  });
});
