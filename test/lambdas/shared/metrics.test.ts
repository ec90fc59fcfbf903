/** Lines in CloudWatch's embedded metric format, checked against its specification. */
import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { METRICS, METRIC_NAMESPACE, type MetricName } from '../../../lambdas/shared/metric-names.ts';
import { emfMetrics, noMetrics } from '../../../lambdas/shared/metrics.ts';
import type { Metrics } from '../../../lambdas/shared/services.ts';

/** The parts of the specification that CloudWatch rejects a line for. */
const lineSchema = z.looseObject({
  _aws: z.strictObject({
    Timestamp: z.int().positive(),
    CloudWatchMetrics: z
      .array(
        z.strictObject({
          Namespace: z.string().min(1).max(255),
          Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)),
          Metrics: z
            .array(z.strictObject({ Name: z.string().min(1).max(1024), Unit: z.string() }))
            .min(1)
            .max(100),
        }),
      )
      .min(1),
  }),
});
type Line = z.infer<typeof lineSchema>;

let written: string[];
let metrics: Metrics;
beforeEach(() => {
  written = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  metrics = emfMetrics('prod');
});
afterEach(() => jest.restoreAllMocks());

/** What has been written, each line valid, with a text or a number behind every name that it mentions. */
function lines(): Line[] {
  return written
    .join('')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => {
      const line = lineSchema.parse(JSON.parse(text));
      for (const { Dimensions, Metrics: named } of line._aws.CloudWatchMetrics) {
        for (const dimension of Dimensions.flat()) expect(typeof line[dimension]).toBe('string');
        for (const { Name } of named) {
          for (const value of [line[Name]].flat()) expect(typeof value).toBe('number');
        }
      }
      return line;
    });
}

/** Each metric of a line with its dimensions, as CloudWatch tells metrics apart. */
function found(line: Line): string[] {
  return line._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics: named }) =>
    Dimensions.flatMap((set) =>
      named.map(({ Name }) => `${Name} ${set.map((key) => `${key}=${String(line[key])}`).join(' ')}`),
    ),
  );
}

test('an invocation writes one line with all that it measured, in the namespace and for the environment', () => {
  metrics.add('LeadsReceived');
  metrics.add('AssignmentTime', 812);
  expect(written).toEqual([]);
  metrics.flush();
  const [line, ...others] = lines();
  expect(others).toEqual([]);
  expect(line!._aws.CloudWatchMetrics[0]).toMatchObject({
    Namespace: METRIC_NAMESPACE,
    Metrics: [
      { Name: 'LeadsReceived', Unit: 'Count' },
      { Name: 'AssignmentTime', Unit: 'Milliseconds' },
    ],
  });
  expect(found(line!)).toEqual(['LeadsReceived environment=prod', 'AssignmentTime environment=prod']);
  expect(line).toMatchObject({ environment: 'prod', AssignmentTime: 812 });
});

test('values of one name are all kept, so that percentiles are right', () => {
  for (const late of [10, 20, 900]) metrics.add('TimerLateness', late, 'mql-response');
  metrics.flush();
  expect(lines()[0]).toMatchObject({ TimerLateness: [10, 20, 900], machine: 'mql-response' });
});

test('a further dimension gets a line of its own, and a total where the table says so', () => {
  metrics.add('ClocksMet', 1, 'mql.respond');
  metrics.add('ClocksMet', 1, 'mql.route');
  metrics.add('RungsClimbed', 1, 'breach');
  metrics.flush();
  expect(lines().flatMap(found).sort()).toEqual([
    'ClocksMet environment=prod',
    'ClocksMet environment=prod commitment=mql.respond',
    'ClocksMet environment=prod commitment=mql.route',
    'RungsClimbed environment=prod rung=breach',
  ]);
});

test('what has been written is not written again, and an invocation that measured nothing writes nothing', () => {
  metrics.add('LeadsReceived');
  metrics.flush();
  metrics.flush();
  expect(lines()).toHaveLength(1);
  metrics.add('LeadsAssigned');
  metrics.flush();
  expect(lines().flatMap(found)).toEqual([
    'LeadsReceived environment=prod',
    'LeadsAssigned environment=prod',
  ]);
});

test('what has to be read first is read, and not where nobody keeps metrics', async () => {
  const read = jest.fn(() => Promise.resolve([{ name: 'LeadsWaiting' as const, value: 3 }]));
  await noMetrics.observe(read);
  expect(read).not.toHaveBeenCalled();
  await metrics.observe(read);
  metrics.flush();
  expect(lines()[0]).toMatchObject({ LeadsWaiting: 3 });
});

test('every metric of the table is emitted by some function, and has a valid unit and a further dimension or none', () => {
  const sources = ['lambdas/shared']
    .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('metric-names.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const names = Object.keys(METRICS) as MetricName[];
  expect(names.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
  for (const name of names) metrics.add(name, 1, 'x');
  metrics.flush();
  const emitted = new Set(
    lines()
      .flatMap(found)
      .map((text) => text.split(' ')[0]),
  );
  expect([...emitted].sort()).toEqual([...names].sort());
});
