import { epochMs } from '../../../core/time.ts';
import { handler as listPeople } from '../../../lambdas/api/list-people/handler.ts';
import { handler as putPerson } from '../../../lambdas/api/put-person/handler.ts';
import { handler as setAvailability } from '../../../lambdas/api/set-availability/handler.ts';
import { aPerson, aPolicy } from '../../core/routing/fixture.ts';
import { arrived, demoRequest, worldAt } from '../../support/world.ts';
import { call } from '../support/event.ts';
import { serve, type TestServices } from '../support/services.ts';
import { startTables, type Tables } from '../support/tables.ts';

const NOW = epochMs('2026-11-20T15:00:00Z');
let tables: Tables;
let services: TestServices;

beforeEach(async () => {
  tables = await startTables();
  services = serve(tables, aPolicy({ commitments: [] }), NOW);
});
afterEach(() => tables.close());

const sam = {
  name: 'Sam',
  email: 'sam@example.com',
  role: 'sdr',
  timeZone: 'Europe/Berlin',
  calendar: 'office',
};
const put = (personId: string, change: object = {}) =>
  call(putPerson, { path: { personId }, body: { ...sam, ...change } });

async function expectRefused(answer: Awaited<ReturnType<typeof put>>, path: string): Promise<void> {
  const before = await call(listPeople);
  expect(answer.status).toBe(422);
  expect(answer.body.type).toBe('urn:lead-sla:problem:roster-refused');
  expect(answer.body.errors.map(({ path: at }) => at)).toContain(path);
  expect((await call(listPeople)).body).toEqual(before.body);
}

describe('a person', () => {
  it('is written with what was left out filled in, and listed', async () => {
    const { status, body } = await put('sam');
    expect(status).toBe(200);
    expect(body.person).toEqual(aPerson('sam', { name: 'Sam' }));
    expect((await call(listPeople)).body).toEqual({ people: [body.person] });
  });

  it('is written once however often the same is put, and replaced by something else', async () => {
    await put('sam', { weight: 2 });
    await put('sam', { weight: 2 });
    expect((await services.roster.load()).version).toBe(1);
    await put('sam', { territories: ['emea'] });
    const { version, people } = await services.roster.load();
    expect(version).toBe(2);
    expect(people).toMatchObject([{ weight: 1, territories: ['emea'] }]);
  });

  it('keeps the availability that was set beside it', async () => {
    await put('sam');
    await call(setAvailability, { path: { personId: 'sam' }, body: { available: false, reason: 'ill' } });
    const { body } = await put('sam', { weight: 3 });
    expect(body.person).toMatchObject({ weight: 3, availability: [{ available: false, reason: 'ill' }] });
  });

  it('is refused with a manager whom nobody knows', async () => {
    await expectRefused(await put('sam', { managerId: 'mona' }), 'people.sam.managerId');
  });

  it('is refused when it closes a circle among managers', async () => {
    await put('mona', { role: 'sdr_manager' });
    await put('sam', { managerId: 'mona' });
    await expectRefused(
      await put('mona', { role: 'sdr_manager', managerId: 'sam' }),
      'people.mona.managerId',
    );
  });

  it.each([
    ['calendar', 'moon'],
    ['territories', ['atlantis']],
  ])('is refused with an unknown %s', async (field, value) => {
    await expectRefused(await put('sam', { [field]: value }), `people.sam.${field}`);
  });

  it('is written with a warning when a pool is left without a member', async () => {
    const { status, body } = await put('mona', { role: 'sdr_manager' });
    expect(status).toBe(200);
    expect(body.warnings).toContainEqual(expect.objectContaining({ path: 'pools.general.members' }));
  });

  it('can be put right although somebody else is wrong since the policy changed', async () => {
    await services.roster.put(aPerson('ann', { calendar: 'gone' }), 0);
    await services.roster.put(aPerson('ben', { calendar: 'gone' }), 1);
    const { status, body } = await put('ann');
    expect(status).toBe(200);
    expect(body.warnings).toContainEqual(expect.objectContaining({ path: 'people.ben.calendar' }));
  });

  it('cannot be named differently in path and body, nor by a reserved word', async () => {
    expect((await put('sam', { personId: 'ann' })).body.errors[0]?.path).toBe('personId');
    expect((await put('prospect')).body.errors[0]?.path).toBe('path.personId');
  });

  it('is not lost when many are written at once', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => `sdr-${n}`);
    const answers = await Promise.all(ids.map((id) => put(id)));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    expect((await services.roster.load()).people.map(({ personId }) => personId)).toEqual(ids);
  });
});

describe('availability', () => {
  const set = (personId: string, body: object) => call(setAvailability, { path: { personId }, body });
  beforeEach(() => put('sam'));

  it('is added from now on, until further notice, and announced without its reason', async () => {
    const { status, body } = await set('sam', { available: false, reason: 'ill' });
    expect(status).toBe(200);
    const from = '2026-11-20T15:00:00.000Z';
    expect(body).toMatchObject({
      assigned: 0,
      person: { availability: [{ available: false, from, until: null, reason: 'ill' }] },
    });
    expect(services.published).toMatchObject([
      { detailType: 'AvailabilityChanged', data: { personId: 'sam', available: false, from, until: null } },
    ]);
    expect(JSON.stringify(services.published)).not.toContain('ill"');
  });

  it('is taken once when the same is posted twice', async () => {
    const leave = {
      available: false,
      from: '2026-12-21T08:00:00+01:00',
      until: '2027-01-04T08:00:00+01:00',
      reason: 'vacation',
    };
    await set('sam', leave);
    const { body } = await set('sam', leave);
    expect(body.person.availability).toHaveLength(1);
    expect(body.person.availability[0]).toMatchObject({
      from: '2026-12-21T07:00:00.000Z',
      until: '2027-01-04T07:00:00.000Z',
    });
  });

  it('is refused when it ends before it begins, or for somebody whom nobody knows', async () => {
    const refused = await set('sam', { available: false, until: '2026-11-20T15:00:00Z', reason: 'ill' });
    expect([refused.status, refused.body.errors[0]?.path]).toEqual([400, 'until']);
    expect((await set('nobody', { available: true, reason: 'back' })).status).toBe(404);
  });

  it('stands although the bus refuses its event', async () => {
    services.events.publish = () => Promise.reject(new Error('bus is down'));
    expect((await set('sam', { available: false, reason: 'ill' })).status).toBe(200);
    expect(services.logged.map(({ message }) => message)).toContain(
      'AvailabilityChanged could not be published',
    );
  });
});

it('gives a waiting lead to the one who comes back', async () => {
  const world = await worldAt('2026-11-20T15:00:00Z');
  services = serve(tables, world.policy, world.now);
  const away = { available: false, from: '2026-11-01T00:00:00.000Z', until: null, reason: 'leave' };
  let version = 0;
  for (const person of world.roster.people) {
    await services.roster.put({ ...person, availability: [away] }, version);
    version += 1;
  }
  const { lead } = arrived(world, demoRequest('2026-11-20T15:00:00Z'));
  const waiting = {
    ...lead,
    version: 1,
    owed: [],
    status: 'unassigned' as const,
    unassignedSince: lead.receivedAt,
  };
  await services.leads.create(waiting);
  const pool = world.policy.pools.find(({ id }) => id === lead.poolId)!;
  const back = world.roster.people.find(
    ({ role, territories, segments }) =>
      pool.members.roles.includes(role) &&
      (territories.length === 0 || territories.includes(lead.territory!)) &&
      (segments.length === 0 || segments.includes(lead.segment!)),
  )!;
  const { body } = await call(setAvailability, {
    path: { personId: back.personId },
    body: { available: true, reason: 'back' },
  });
  expect(body.assigned).toBe(1);
  expect((await services.leads.get(lead.leadId))?.owner?.personId).toBe(back.personId);
});
