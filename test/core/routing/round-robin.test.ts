import fc from 'fast-check';
import { draw, TURN } from '../../../core/routing/round-robin.ts';
import type { Contender, Entries } from '../../../core/routing/round-robin.ts';

const CATCH_UP = 2;
const team = (...weights: number[]): Contender[] =>
  weights.map((weight, i) => ({ personId: `p${i}`, weight }));

/** Draws again and again; keeps the order of the winners. */
class Game {
  entries: Entries = {};
  winners: string[] = [];

  draw(present: Contender[], away: Contender[] = [], catchUp = CATCH_UP): string | null {
    const result = draw(this.entries, present, away, catchUp);
    if (!result) return null;
    this.entries = result.entries;
    this.winners.push(result.personId);
    return result.personId;
  }

  count(personId: string): number {
    return this.winners.filter((winner) => winner === personId).length;
  }

  spread(people: Contender[]): number {
    const counts = people.map(({ personId }) => this.count(personId));
    return Math.max(...counts) - Math.min(...counts);
  }
}

const presence = (people: number) =>
  fc.array(fc.array(fc.boolean(), { minLength: people, maxLength: people }), { maxLength: 150 });

describe('the draw among people of equal weight', () => {
  test('keeps counts within 1 at every moment, for any number of people and any weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (size, weight) => {
          const people = team(...Array<number>(size).fill(weight));
          const game = new Game();
          for (let i = 0; i < size * 4; i++) {
            game.draw(people);
            expect(game.spread(people)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('keeps two who are present together within 1 while all others come and go', () => {
    fc.assert(
      fc.property(presence(5), (rounds) => {
        const [a, b, ...others] = team(2, 2, 1, 1, 2, 5);
        const game = new Game();
        for (const there of rounds) {
          const present = others.filter((_, i) => there[i]);
          const away = others.filter((_, i) => !there[i]);
          if (there[4]) game.draw([a!, b!, ...present], away);
          else game.draw(present, away);
          expect(game.spread([a!, b!])).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the draw among people of different weight', () => {
  test('gives each exactly their weight over a cycle', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }), (weights) => {
        const people = team(...weights);
        const game = new Game();
        const cycle = weights.reduce((sum, weight) => sum + weight, 0);
        for (let i = 0; i < cycle * 3; i++) game.draw(people);
        expect(people.map(({ personId }) => game.count(personId))).toEqual(
          weights.map((weight) => weight * 3),
        );
      }),
    );
  });

  test('is smooth: the heavy one does not take all turns at once', () => {
    const people = team(5, 1, 1);
    const game = new Game();
    for (let i = 0; i < 7; i++) game.draw(people);
    expect(game.winners.map((id) => id.slice(1)).join('')).toBe('0010200');
  });

  test('follows a weight that changes while it runs', () => {
    const game = new Game();
    for (let i = 0; i < 40; i++) game.draw(team(1, 1));
    game.winners = [];
    for (let i = 0; i < 40; i++) game.draw(team(3, 1));
    expect([game.count('p0'), game.count('p1')]).toEqual([30, 10]);
  });
});

describe('somebody who was away', () => {
  test('catches up a bounded number of turns, however long they were away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 0, max: 120 }),
        fc.nat(4),
        (size, absent, catchUp) => {
          const people = team(...Array<number>(size).fill(1));
          const [first, ...rest] = people;
          const game = new Game();
          for (let i = 0; i < size; i++) game.draw(people);
          for (let i = 0; i < absent; i++) game.draw(rest, [first!], catchUp);
          game.winners = [];
          for (let i = 0; i < size * 10; i++) game.draw(people, [], catchUp);
          // Extra turns come in one run at once; one regular turn may follow it.
          const run = game.winners.findIndex((winner) => winner !== 'p0');
          const extra = Math.min(catchUp, Math.floor(absent / size));
          expect(run).toBeGreaterThanOrEqual(extra);
          expect(run).toBeLessThanOrEqual(extra + 1);
          const fair = (game.winners.length - extra) / size;
          expect(Math.abs(game.count('p0') - extra - fair)).toBeLessThan(1);
        },
      ),
    );
  });

  test('is owed nothing before their first draw', () => {
    const [first, ...rest] = team(1, 1, 1);
    const game = new Game();
    for (let i = 0; i < 30; i++) game.draw(rest, [first!]);
    game.winners = [];
    for (let i = 0; i < 9; i++) game.draw([first!, ...rest]);
    expect(game.spread([first!, ...rest])).toBe(0);
  });

  test('leaves no more than the cap behind when the cap is lowered', () => {
    const [first, ...rest] = team(1, 1);
    const game = new Game();
    game.draw([first!, ...rest]);
    for (let i = 0; i < 30; i++) game.draw(rest, [first!], 4);
    expect(game.entries[first!.personId]?.credit).toBe(4 * TURN);
    game.draw(rest, [first!], 1);
    expect(game.entries[first!.personId]?.credit).toBe(TURN);
  });
});

test('a newcomer joins level with the others at any time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(60), (size, before) => {
      const old = team(...Array<number>(size).fill(1));
      const all = [...old, { personId: 'a-new', weight: 1 }];
      const game = new Game();
      for (let i = 0; i < before; i++) game.draw(old);
      game.winners = [];
      for (let i = 0; i < size * 5; i++) {
        game.draw(all);
        for (const person of old)
          expect(Math.abs(game.count('a-new') - game.count(person.personId))).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the order of the roster does not matter', () => {
  const people = team(1, 2, 1, 3);
  const [one, other] = [new Game(), new Game()];
  for (let i = 0; i < 50; i++) {
    one.draw(people);
    other.draw([...people].reverse());
  }
  expect(other.winners).toEqual(one.winners);
});

test('nobody present is nobody drawn', () => {
  expect(draw({}, [], team(1), CATCH_UP)).toBeNull();
});
