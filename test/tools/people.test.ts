import type { Person } from '../../core/model/person.ts';
import { ApiRefused, type PersonView } from '../../tools/shared/api.ts';
import { managersFirst } from '../../tools/people/compare.ts';
import { peopleLines, putPeople } from '../../tools/people/put-people.ts';

const person = (personId: string, change: Partial<Person> = {}): Person => ({
  ...{ personId, name: personId, email: `${personId}@acme.test`, role: 'sdr', managerId: null },
  ...{ timeZone: 'Europe/Berlin', calendar: 'business', territories: [], segments: [], verticals: [] },
  ...{ partners: [], weight: 1, openLeadCap: null, onCall: false, active: true, availability: [] },
  ...change,
});
const LEAVE = { available: false, from: '2026-12-21T08:00:00+01:00', until: null, reason: 'vacation' };

/** A roster behind an API that takes nobody whose manager it does not know. */
class FakeApi {
  readonly roster = new Map<string, PersonView>();
  readonly calls: string[] = [];

  people(): Promise<PersonView[]> {
    return Promise.resolve([...this.roster.values()]);
  }

  call(method: string, path: string, body?: unknown): Promise<unknown> {
    this.calls.push(`${method} ${path}`);
    const [, personId = '', what] = path.split('/');
    const before = this.roster.get(personId);
    if (what === 'availability') {
      const entry = body as typeof LEAVE;
      const stored = { ...entry, from: new Date(entry.from).toISOString() };
      this.roster.set(personId, { ...before!, availability: [...before!.availability, stored] });
      return Promise.resolve({});
    }
    const said = body as Omit<PersonView, 'personId' | 'availability'>;
    if (said.managerId !== null && !this.roster.has(said.managerId)) {
      return Promise.reject(new ApiRefused(422, `${said.managerId} is not on the roster`));
    }
    this.roster.set(personId, { ...said, personId, availability: before?.availability ?? [] });
    return Promise.resolve({ warnings: [{ path: 'pools.x', message: 'nobody in it' }] });
  }
}

test('everybody comes after their manager, and nobody is forgotten in a circle', () => {
  const ids = (people: Person[]) => managersFirst(people).map(({ personId }) => personId);
  expect(
    ids([person('sam', { managerId: 'mona' }), person('mona', { managerId: 'dana' }), person('dana')]),
  ).toEqual(['dana', 'mona', 'sam']);
  expect(ids([person('a', { managerId: 'b' }), person('b', { managerId: 'a' })]).sort()).toEqual(['a', 'b']);
});

test('an empty roster takes the whole file, in whichever order it lists them', async () => {
  const api = new FakeApi();
  const report = await putPeople(api, [
    person('sam', { managerId: 'mona', availability: [LEAVE] }),
    person('mona'),
  ]);
  expect(report).toMatchObject({ added: ['mona', 'sam'], changed: [], unchanged: 0, refused: [] });
  expect(api.calls).toEqual(['PUT people/mona', 'PUT people/sam', 'POST people/sam/availability']);
  expect(peopleLines(report)).toContain('  warning: pools.x: nobody in it');
});

test('putting the same file again writes nothing', async () => {
  const api = new FakeApi();
  const people = [person('sam', { availability: [LEAVE] })];
  await putPeople(api, people);
  api.calls.length = 0;
  expect(await putPeople(api, people)).toMatchObject({ added: [], changed: [], unchanged: 1 });
  expect(api.calls).toEqual([]);
});

test('what the file says otherwise is changed and named; leave that was set since stays', async () => {
  const api = new FakeApi();
  await putPeople(api, [person('sam'), person('jo')]);
  await api.call('POST', 'people/sam/availability', LEAVE);
  const report = await putPeople(api, [person('sam', { weight: 2, phone: '+49 30 1' })]);
  expect(report).toMatchObject({
    changed: [{ personId: 'sam', fields: ['weight', 'phone'] }],
    others: ['jo'],
  });
  expect(api.roster.get('sam')?.availability).toHaveLength(1);
});

test('who is refused does not keep the others out', async () => {
  const api = new FakeApi();
  const report = await putPeople(api, [person('sam', { managerId: 'nobody' }), person('jo')]);
  expect(report).toMatchObject({
    added: ['jo'],
    refused: [{ personId: 'sam', reason: 'nobody is not on the roster' }],
  });
});

test('an API that cannot be reached is an error, not a refusal', async () => {
  const api = new FakeApi();
  api.call = () => Promise.reject(new TypeError('fetch failed'));
  await expect(putPeople(api, [person('sam')])).rejects.toThrow('fetch failed');
});
