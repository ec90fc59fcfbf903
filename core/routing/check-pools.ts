/** What a roster leaves undone for the policy's pools: every gap that a lead would otherwise discover. */
import type { Person } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import type { Recipient } from '../policy/schema/basics.ts';
import type { PoolRow } from '../policy/schema/people.ts';
import type { RosterFinding } from './check-roster.ts';
import { personOf } from './hierarchy.ts';
import { ANY_LEAD, membersOf } from './pool.ts';
import type { LeadTraits } from './pool.ts';

/** Warnings for pools that leads can reach: no member, nobody for a territory or segment, nobody behind a recipient. */
export function checkPools(policy: Policy, people: Person[]): RosterFinding[] {
  const forMqls = reachable(policy.pools.filter((pool) => pool.for === undefined));
  const pools = [...forMqls, ...reachable(policy.pools.filter((pool) => pool.for === 'ae'))];
  return [
    ...pools.flatMap((pool) => [
      ...withoutMembers(policy, pool, people),
      ...withoutBackup(policy, pool, people),
      ...withoutRecipient(policy, pool, people, 'manager', pool.manager),
      ...withoutRecipient(policy, pool, people, 'fallback.to', pool.fallback.to),
    ]),
    ...withoutOnCall(forMqls, people),
  ];
}

/** Pools that a lead can reach: not those marked `never`, nor those after a catch-all. */
function reachable(pools: PoolRow[]): PoolRow[] {
  const catchAll = pools.findIndex(({ when }) =>
    Object.values(when).every((condition) => condition === undefined),
  );
  return (catchAll === -1 ? pools : pools.slice(0, catchAll + 1)).filter(({ when }) => when.never !== true);
}

function withoutMembers(policy: Policy, pool: PoolRow, people: Person[]): RosterFinding[] {
  const path = `pools.${pool.id}.members`;
  if (membersOf(pool, { people }, ANY_LEAD).length === 0) {
    return [{ path, message: `pool ${pool.id} has no active member (${pool.members.roles.join(', ')})` }];
  }
  return kindsOfLead(policy, pool)
    .filter((lead) => membersOf(pool, { people }, lead).length === 0)
    .map(({ territory, segment }) => {
      const kind = [territory ?? [], segment ?? []].flat().join(', ');
      return { path, message: `pool ${pool.id} has no active member for leads of ${kind}` };
    });
}

/** A lead of each territory and segment that the pool takes and tells apart by its members. */
function kindsOfLead(policy: Policy, { when, members }: PoolRow): LeadTraits[] {
  const staffed = policy.territories.filter((row) => row.staffed).map((row) => row.id);
  const territories = members.match.includes('territory') ? (when.territories ?? staffed) : [null];
  const segments = members.match.includes('segment')
    ? (when.segments ?? policy.segments.map((row) => row.id))
    : [null];
  return territories.flatMap((territory) => segments.map((segment) => ({ ...ANY_LEAD, territory, segment })));
}

function withoutBackup(policy: Policy, pool: PoolRow, people: Person[]): RosterFinding[] {
  const backup = policy.pools.find(({ id }) => id === pool.backup.pool);
  if (backup && membersOf(backup, { people }, ANY_LEAD).length > 0) return [];
  const what = backup ? 'has no active member' : 'is not in the policy';
  return [
    {
      path: `pools.${pool.id}.backup.pool`,
      message: `backup pool ${pool.backup.pool} of pool ${pool.id} ${what}`,
    },
  ];
}

function withoutRecipient(
  policy: Policy,
  pool: PoolRow,
  people: Person[],
  field: string,
  recipient: Recipient,
): RosterFinding[] {
  if (meansSomebody(policy, pool, people, recipient)) return [];
  return [
    { path: `pools.${pool.id}.${field}`, message: `${recipient} of pool ${pool.id} means nobody active` },
  ];
}

/** Stand-ins do not count: they are for absences, not for a gap that lasts. */
function meansSomebody(policy: Policy, pool: PoolRow, people: Person[], recipient: Recipient): boolean {
  if (recipient.startsWith('person:'))
    return personOf({ people }, recipient.slice('person:'.length))?.active === true;
  if (recipient.startsWith('role:'))
    return people.some(({ active, role }) => active && recipient === `role:${role}`);
  if (recipient === 'pool.backup') return withoutBackup(policy, pool, people).length === 0;
  if (recipient === 'pool.manager' && pool.manager !== recipient) {
    return meansSomebody(policy, { ...pool, manager: 'owner' }, people, pool.manager);
  }
  // A pool's manager and its fallback are asked for when there is no owner to whom somebody could be related.
  return false;
}

function withoutOnCall(pools: PoolRow[], people: Person[]): RosterFinding[] {
  const roles = new Set(pools.flatMap((pool) => pool.members.roles));
  if (people.some((person) => person.active && person.onCall && roles.has(person.role))) return [];
  return [
    {
      path: 'people',
      message: `nobody is on call among the active people of the pools (${[...roles].join(', ')})`,
    },
  ];
}
