/** Pools: backups that lead round in a circle, leads that no pool takes, places without holidays (policy book §2). */
import type { PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import type { PoolRow } from '../schema/people.ts';
import { doubtful, wrong } from './finding.ts';

export function checkPools(policy: Policy): PolicyIssue[] {
  return [
    ...checkBackups(policy.pools),
    ...checkCatchAll(policy.pools, undefined),
    ...checkCatchAll(policy.pools, 'ae'),
    ...checkPlaces(policy),
  ];
}

/** A pool may be its own backup, where the chain ends; a longer circle would hand leads round for ever. */
function checkBackups(pools: readonly PoolRow[]): PolicyIssue[] {
  const backupOf = new Map(pools.map((row) => [row.id, row.backup.pool]));
  return pools.flatMap((row, i) => {
    const way = [row.id];
    for (;;) {
      const next = backupOf.get(way.at(-1) ?? '');
      if (next === undefined || next === way.at(-1)) return [];
      if (next === row.id) {
        const circle = [...way, next].join(' > ');
        return [
          wrong(
            ['pools', i, 'backup', 'pool'],
            row.backup.pool,
            `the backups go round in a circle: ${circle}`,
          ),
        ];
      }
      // A circle further on is told at the pools that are part of it.
      if (way.includes(next)) return [];
      way.push(next);
    }
  });
}

function checkCatchAll(pools: readonly PoolRow[], kind: PoolRow['for']): PolicyIssue[] {
  const takesAll = ({ when }: PoolRow) => Object.values(when).every((condition) => condition === undefined);
  const catchAll = pools.findIndex((row) => row.for === kind && takesAll(row));
  if (catchAll === -1) {
    const message =
      kind === undefined
        ? 'some leads have no pool; one must take any lead, with when: {}'
        : 'some SQLs have no pool of AEs; one must take any lead, with for: ae and when: {}';
    return [wrong(['pools'], undefined, message)];
  }
  return pools.flatMap((row, i) =>
    row.for === kind && i > catchAll && row.when.never !== true
      ? [
          doubtful(
            ['pools', i, 'when'],
            row.when,
            `no lead comes here, since ${pools[catchAll]?.id ?? ''} takes all`,
          ),
        ]
      : [],
  );
}

function checkPlaces(policy: Policy): PolicyIssue[] {
  const known = Object.keys(policy.holidays.countries);
  const places = [
    { path: ['home', 'country'], country: policy.home.country },
    ...policy.territories.flatMap((row, i) =>
      row.countries.map((country, j) => ({ path: ['territories', i, 'countries', j], country })),
    ),
  ];
  return places.flatMap(({ path, country }) =>
    known.includes(country)
      ? []
      : [doubtful(path, country, 'no public holidays are compiled; add it to holidays.countries')],
  );
}
