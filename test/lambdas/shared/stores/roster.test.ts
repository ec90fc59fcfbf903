import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../../../core/model/person.ts';
import { VersionConflict } from '../../../../lambdas/shared/errors.ts';
import { dynamoPools } from '../../../../lambdas/shared/stores/pools.ts';
import { dynamoRoster } from '../../../../lambdas/shared/stores/roster.ts';
import { mona, nina, sam } from '../../../core/messages/fixture.ts';
import { ROSTER, startTables, type Tables } from '../../support/tables.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await startTables();
});
afterEach(() => tables.close());

const names = (people: Person[]) => people.map(({ name }) => name);

describe('the roster', () => {
  it('is empty at version 0 and counts up with each person', async () => {
    const roster = dynamoRoster(tables.client, ROSTER);
    expect(await roster.load()).toEqual({ version: 0, people: [] });
    await roster.put(sam, 0);
    await roster.put(mona, 1);
    expect(await roster.load()).toEqual({ version: 2, people: [mona, sam] });
  });

  it('is read again by everybody as soon as the version has moved, and not before', async () => {
    const [here, there] = [dynamoRoster(tables.client, ROSTER), dynamoRoster(tables.client, ROSTER)];
    await here.put(sam, 0);
    const before = await there.load();
    expect(await there.load()).toBe(before);
    await here.put({ ...sam, name: 'Sam Married' }, 1);
    expect(names((await there.load()).people)).toEqual(['Sam Married']);
  });

  it('lets one of many writers through who all saw the same version', async () => {
    const writers = Array.from({ length: 10 }, (_, n) =>
      dynamoRoster(tables.client, ROSTER).put({ ...sam, personId: `sdr-${n}` }, 0),
    );
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(VersionConflict);
    }
    expect((await dynamoRoster(tables.client, ROSTER).load()).people).toHaveLength(1);
  });

  it('holds a person whose writer died between the two halves, also after the next write', async () => {
    const roster = dynamoRoster(tables.client, ROSTER);
    await roster.put(mona, 0);
    const half = { pk: 'PEOPLE', sk: 'VERSION', version: 2, latest: sam };
    await tables.client.send(new PutCommand({ TableName: ROSTER, Item: half }));
    expect(names((await roster.load()).people)).toEqual([mona.name, sam.name]);
    await roster.put(nina, 2);
    expect(names((await dynamoRoster(tables.client, ROSTER).load()).people)).toEqual([
      mona.name,
      nina.name,
      sam.name,
    ]);
  });

  it('keeps the later of two writes of one person although the earlier one arrives last', async () => {
    const roster = dynamoRoster(tables.client, ROSTER);
    const send = tables.client.send.bind(tables.client);
    let late: (() => Promise<unknown>) | undefined;
    const slow = jest.spyOn(tables.client, 'send').mockImplementation((command) => {
      const isPerson = command instanceof PutCommand && command.input.Item?.['sk'] === 'PERSON#sam';
      if (!isPerson || late !== undefined) return send(command as never) as never;
      late = () => send(command);
      return Promise.resolve({}) as never;
    });
    await roster.put({ ...sam, name: 'early' }, 0);
    slow.mockRestore();
    await roster.put({ ...sam, name: 'late' }, 1);
    await expect(late!()).rejects.toThrow();
    await roster.put(mona, 2);
    expect(names((await roster.load()).people)).toEqual([mona.name, 'late']);
  });
});

describe('the state of a pool', () => {
  it('begins at version 0 and is written by whoever read it last', async () => {
    const pools = dynamoPools(tables.client, ROSTER);
    const first = await pools.get('us-east');
    expect(first).toEqual({ poolId: 'us-east', version: 0, entries: {}, tickets: {} });
    const next = {
      ...first,
      version: 1,
      entries: { sam: { current: 1, drawn: 1, credit: 0 } },
      tickets: { 'lead-1/1': { personId: 'sam', at: '2026-11-20T15:04:05.000Z' } },
    };
    await pools.save(next);
    await expect(pools.save(next)).rejects.toBeInstanceOf(VersionConflict);
    expect(await pools.get('us-east')).toEqual(next);
    await pools.save({ ...next, version: 2, tickets: {} });
    await expect(pools.save({ ...next, version: 2 })).rejects.toBeInstanceOf(VersionConflict);
    expect((await pools.get('us-east')).tickets).toEqual({});
    expect((await pools.get('emea')).version).toBe(0);
  });
});
