/** A small policy and people for the tests of routing. */
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import type { PoolRow } from '../../../core/policy/schema/people.ts';
import type { Availability, Person, Roster } from '../../../core/model/person.ts';
import { epochMs } from '../../../core/time.ts';

export const weekdays = (from: string, to: string) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [[from, to]]]));

export function aPool(changes: Partial<PoolRow> = {}): PoolRow {
  return {
    id: 'general',
    when: {},
    members: { roles: ['sdr'], match: [] },
    timeZone: 'Europe/Berlin',
    manager: 'role:sdr_manager',
    backup: { pool: 'backup', channel: '#backup' },
    fallback: { after: 'PT10M', to: 'pool.manager' },
    ...changes,
  };
}

const backup = aPool({ id: 'backup', when: { never: true }, members: { roles: ['ae'], match: [] } });

export function aPolicy(changes: Partial<CompiledPolicy> = {}): CompiledPolicy {
  const calendars = [
    {
      id: 'office',
      weekly: weekdays('09:00', '17:00'),
      basis: 'owner',
      publicHolidays: 'region',
      ownHolidays: [],
      overrides: {},
    },
  ];
  return {
    calendars,
    pools: [aPool(), backup],
    home: { timeZone: 'Europe/Berlin', country: 'DE' },
    territories: [
      { id: 'emea', countries: ['DE'], regions: [], staffed: true },
      { id: 'amer', countries: ['US'], regions: [], staffed: true },
      { id: 'nowhere', countries: ['AQ'], regions: [], staffed: false },
    ],
    segments: [{ id: 'enterprise' }, { id: 'mid_market' }, { id: 'smb' }],
    routing: { catchUpTurns: 2, creditedReasons: ['bad_data', 'wrong_territory'], ticketMemory: 'PT1H' },
    chainOfCommand: ['sdr_manager', 'sales_director', 'vp_sales', 'executive'],
    publicHolidays: { DE: ['2026-12-25'], US: ['2026-11-26'] },
    zones: {
      DE: { timeZone: 'Europe/Berlin', regions: {} },
      US: { timeZone: 'America/New_York', regions: { MA: 'America/New_York', CA: 'America/Los_Angeles' } },
    },
    ...changes,
  } as unknown as CompiledPolicy;
}

export function aPerson(personId: string, changes: Partial<Person> = {}): Person {
  return {
    personId,
    name: personId,
    email: `${personId}@example.com`,
    role: 'sdr',
    managerId: null,
    timeZone: 'Europe/Berlin',
    calendar: 'office',
    territories: [],
    segments: [],
    verticals: [],
    partners: [],
    weight: 1,
    openLeadCap: null,
    onCall: false,
    active: true,
    availability: [],
    ...changes,
  };
}

export function rosterOf(...people: Person[]): Roster {
  return { version: 1, people };
}

export function leave(from: string, until: string | null): Availability {
  return { available: false, from, until, reason: 'leave' };
}

/** A Wednesday morning in Berlin, within office hours. */
export const WEDNESDAY = epochMs('2026-11-18T09:00:00Z');
/** The Friday evening after it, outside office hours. */
export const FRIDAY_NIGHT = epochMs('2026-11-20T21:00:00Z');
/** The Monday morning after that. */
export const MONDAY = epochMs('2026-11-23T08:00:00Z');

export const ANYONE_ELSE = { segment: null, territory: null, vertical: null, partnerId: null };
