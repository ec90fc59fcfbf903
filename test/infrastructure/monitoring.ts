/** What is promised of alarms and dashboards. */
import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { METRICS, METRIC_NAMESPACE, type MetricDescription } from '../../lambdas/shared/metric-names.ts';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { SlaAlarm, type AlarmProps } from '../../lib/monitoring/alarm.ts';
import { compliance, ownMetric, serviceMetric, sumOf } from '../../lib/monitoring/metrics.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

interface Dimension {
  Name: string;
  Value: unknown;
}
interface MetricStat {
  Metric: { Namespace: string; MetricName: string; Dimensions?: Dimension[] };
}
interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string | { 'Fn::Join': [string, unknown[]] };
  AlarmActions?: { Ref: string }[];
  OKActions?: { Ref: string }[];
  TreatMissingData: string;
  Threshold: number;
  Metrics?: { MetricStat?: MetricStat }[];
  Namespace?: string;
  MetricName?: string;
  Dimensions?: Dimension[];
}
/** A metric as it is asked for: its name and the names of its dimensions. */
interface Asked {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

const REGION = 'ap-southeast-2';
const TABLES = 'lead-sla-environment-stateful:ExportsOutputRefLeads00000000FFFFFFFF';

/** A text of the template with the longest values that can stand for its references. */
function filled(text: AlarmProperties['AlarmDescription']): string {
  if (typeof text === 'string') return text;
  return text['Fn::Join'][1]
    .map((part) =>
      typeof part === 'string' ? part : JSON.stringify(part).includes('AWS::Region') ? REGION : TABLES,
    )
    .join('');
}

/** The sections of the runbook about alarms, as anchors. */
function alarmSections(): string[] {
  const [, alarms = ''] = readFileSync('docs/runbook.md', 'utf8').split(/^## Alarms$/m);
  const [own = ''] = alarms.split(/^## /m);
  return [...own.matchAll(/^### (.+)$/gm)].map(([, heading]) => anchor(heading!));
}

/** As Markdown viewers make them. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

export function monitoringPromises(
  settings: EnvironmentSettings,
  templates: () => EnvironmentTemplates,
): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  /** Of an environment on an engine that cannot calculate with metrics. */
  const plain = settings.plainAlarmsOnly === true;
  const alarms = (): AlarmProperties[] =>
    properties(service(), 'AWS::CloudWatch::Alarm') as unknown as AlarmProperties[];
  const textOf = (alarm: AlarmProperties): string => filled(alarm.AlarmDescription);

  test('no alarm is without severity, impact, reason, runbook section and console link', () => {
    expect(alarms().length).toBeGreaterThan(plain ? 10 : 20);
    for (const alarm of alarms()) {
      const text = textOf(alarm);
      expect(text).toMatch(/^Severity: (critical|high|low)\.$/m);
      expect(text).toMatch(/^Impact: [A-Z0-9].{20,}\.$/m);
      expect(text).toMatch(/^Threshold: [A-Z0-9].{20,}\.$/m);
      expect(text).toMatch(/^Runbook: docs\/runbook\.md#[a-z0-9-]+$/m);
      expect(text).toMatch(/^Console: https:\/\/[a-z0-9-]+\.console\.aws\.amazon\.com\/\S+$/m);
      expect(text.length).toBeLessThanOrEqual(1024);
      expect(alarm.AlarmName).toMatch(
        new RegExp(`^lead-sla-${settings.name}-${/^Severity: (\w+)/.exec(text)![1]!}-`),
      );
    }
  });

  test('every alarm names a section of the runbook, and every section there has an alarm (but for those left out)', () => {
    const named = alarms().map((alarm) => /^Runbook: docs\/runbook\.md#(.+)$/m.exec(textOf(alarm))![1]!);
    expect(named.filter((section) => !alarmSections().includes(section))).toEqual([]);
    if (!plain) expect([...new Set(named)].sort()).toEqual([...alarmSections()].sort());
    expect(alarms().some(({ Metrics }) => Metrics !== undefined)).toBe(!plain);
  });

  test('critical alarms tell when they begin and end, high ones when they begin, low ones nobody', () => {
    const [[topic] = []] = resources(service(), 'AWS::SNS::Topic');
    for (const alarm of alarms()) {
      const severity = /-(critical|high|low)-/.exec(alarm.AlarmName)![1]!;
      const to = [{ Ref: topic }];
      expect([alarm.AlarmName, alarm.AlarmActions]).toEqual([
        alarm.AlarmName,
        severity === 'low' ? undefined : to,
      ]);
      expect([alarm.AlarmName, alarm.OKActions]).toEqual([
        alarm.AlarmName,
        severity === 'critical' ? to : undefined,
      ]);
    }
  });

  test('silence is an alarm for what runs by the clock alone; elsewhere it means that nothing has happened', () => {
    const breaching = alarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(breaching.map(({ AlarmName }) => AlarmName)).toEqual([
      `lead-sla-${settings.name}-critical-reconciler-silent`,
      `lead-sla-${settings.name}-high-settling-silent`,
    ]);
    for (const { AlarmName, TreatMissingData } of alarms()) {
      if (AlarmName.includes('-low-')) expect([AlarmName, TreatMissingData]).toEqual([AlarmName, 'ignore']);
    }
  });

  test('the topic of the alarms is encrypted, refuses plain HTTP, and lets the alarms of this account in', () => {
    const [topic, ...others] = properties(service(), 'AWS::SNS::Topic');
    expect(others).toEqual([]);
    expect(topic!['KmsMasterKeyId']).toBeDefined();
    const [key] = properties(service(), 'AWS::KMS::Key');
    expect(key!['EnableKeyRotation']).toBe(true);
    const [policy] = properties(service(), 'AWS::SNS::TopicPolicy');
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    const here = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    expect(policy!['PolicyDocument']).toMatchObject({
      Statement: [
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Allow', Principal: cloudWatch, Action: 'sns:Publish', Condition: here },
      ],
    });
    expect(key!['KeyPolicy']).toMatchObject({
      Statement: [{}, { Principal: cloudWatch, Condition: here }],
    });
  });

  test(`alarms ${settings.alarmEmail === undefined ? 'are mailed to nobody' : 'are mailed to the operators'}`, () => {
    const mails = properties(service(), 'AWS::SNS::Subscription').map(({ Endpoint }) => Endpoint);
    expect(mails).toEqual(settings.alarmEmail === undefined ? [] : [settings.alarmEmail]);
  });

  test('every queue, function, state machine and rule has an alarm, and no alarm looks at more than ten metrics', () => {
    const looked = JSON.stringify(alarms());
    const named = (type: string, key: string) =>
      [templates().stateful, service()].flatMap((template) =>
        properties(template, type).map((found) => String(found[key])),
      );
    const watched = [
      ...named('AWS::SQS::Queue', 'QueueName'),
      ...named('AWS::Lambda::Function', 'FunctionName'),
      ...named('AWS::StepFunctions::StateMachine', 'StateMachineName'),
      ...named('AWS::Events::Rule', 'Name'),
    ];
    if (!plain) expect(watched.filter((name) => !looked.includes(name))).toEqual([]);
    for (const { AlarmName, Metrics = [] } of alarms()) {
      const stats = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
      expect([AlarmName, stats <= 10]).toEqual([AlarmName, true]);
    }
  });

  test('alarms and dashboards read metrics that the functions emit, with the dimensions that they emit them with', () => {
    const asked = [...alarms().flatMap(ofAlarm), ...dashboards().flatMap(ofDashboard)];
    const own = asked.filter(({ namespace }) => namespace === METRIC_NAMESPACE);
    expect(new Set(own.map(({ name }) => name)).size).toBeGreaterThan(20);
    for (const { name, dimensions } of own) {
      const row = (METRICS as Record<string, MetricDescription>)[name];
      expect([name, row]).not.toEqual([name, undefined]);
      expect(dimensions['environment']).toBe(settings.name);
      const others = Object.keys(dimensions).filter((key) => key !== 'environment');
      const fits = others.length === 0 ? row!.by === undefined || row!.total : others[0] === row!.by;
      expect([name, others, fits]).toEqual([name, others, true]);
    }
    // And nothing is emitted, and paid for, that nobody looks at.
    const shown = new Set(own.map(({ name }) => name));
    expect(Object.keys(METRICS).filter((name) => !shown.has(name))).toEqual([]);
  });

  test('what there is of each commitment is found by the graph, so that the template does not grow with the policy', () => {
    const [business] = dashboards();
    const found = (business ?? []).flatMap(({ properties: { metrics = [] } }) => metrics.flatMap(searched));
    expect(found.map(({ name, dimensions }) => [name, dimensions])).toEqual([
      ['ClocksMet', { environment: settings.name, commitment: 'each' }],
      ['ClocksMissed', { environment: settings.name, commitment: 'each' }],
    ]);
  });

  test('there is a dashboard for the business and one for the technique, and both say where the runbook is', () => {
    const names = properties(service(), 'AWS::CloudWatch::Dashboard').map(
      ({ DashboardName }) => DashboardName,
    );
    expect(names).toEqual([`lead-sla-${settings.name}-business`, `lead-sla-${settings.name}-technique`]);
    for (const widgets of dashboards()) {
      const [text, status] = widgets;
      expect(text!.properties.markdown).toContain('docs/runbook.md');
      expect(status!.properties.alarms!.length).toBeGreaterThan(0);
      const right = widgets.map(({ x, width }) => x + width);
      expect(Math.max(...right)).toBeLessThanOrEqual(24);
    }
    const [, technique] = dashboards();
    expect(technique![1]!.properties.alarms).toHaveLength(alarms().length);
  });

  test('the bounds of the policy are the bounds of the alarms', () => {
    const policy = JSON.parse(
      readFileSync(`dist/policy/${settings.policyFile.replace(/^.*\/|\.yaml$/g, '')}.json`, 'utf8'),
    ) as { metrics: { id: string; red: number }[] };
    const red = alarms().find(({ AlarmName }) => AlarmName.endsWith('-compliance-red'));
    expect(red === undefined).toBe(plain);
    if (red !== undefined)
      expect(red.Threshold).toBe(policy.metrics.find(({ id }) => id === 'compliance')!.red);
  });

  interface Widget {
    x: number;
    width: number;
    properties: { markdown?: string; alarms?: unknown[]; metrics?: unknown[][] };
  }
  const dashboards = (): Widget[][] =>
    properties(service(), 'AWS::CloudWatch::Dashboard').map(({ DashboardBody }) => {
      const body = JSON.parse(filled(DashboardBody as AlarmProperties['AlarmDescription'])) as {
        widgets: Widget[];
      };
      return body.widgets;
    });
}

function ofAlarm({ Metrics = [], Namespace, MetricName, Dimensions = [] }: AlarmProperties): Asked[] {
  const entries = (list: Dimension[]) => Object.fromEntries(list.map((one) => [one.Name, String(one.Value)]));
  if (Namespace !== undefined) {
    return [{ namespace: Namespace, name: MetricName!, dimensions: entries(Dimensions) }];
  }
  return Metrics.flatMap(({ MetricStat }) =>
    MetricStat === undefined
      ? []
      : [
          {
            namespace: MetricStat.Metric.Namespace,
            name: MetricStat.Metric.MetricName,
            dimensions: entries(MetricStat.Metric.Dimensions ?? []),
          },
        ],
  );
}

/** What a search of a graph looks for: `SEARCH('{namespace,environment,dimension} MetricName="…" environment="…"', …)`. */
const SEARCH = /SEARCH\('\{([^,]+),environment,([^}]+)\} MetricName="(\w+)" environment="([^"]+)"/;

function searched(line: unknown[]): Asked[] {
  const expression = line.flatMap((part) =>
    typeof part === 'object' && part !== null && 'expression' in part ? [String(part.expression)] : [],
  )[0];
  const [, namespace, by, name, environment] = SEARCH.exec(expression ?? '') ?? [];
  if (namespace === undefined || name === undefined) return [];
  return [{ namespace, name, dimensions: { environment: environment!, [by!]: 'each' } }];
}

/** A line of a graph is `[namespace, name, dimension, value, …, options]`, an expression only options. */
function ofDashboard(widgets: { properties: { metrics?: unknown[][] } }[]): Asked[] {
  return widgets.flatMap(({ properties: { metrics = [] } }) =>
    metrics.flatMap((line) => {
      const [namespace, name, ...rest] = line.filter((part) => typeof part === 'string');
      if (namespace === undefined || name === undefined) return searched(line);
      const pairs = rest.flatMap((key, at) => (at % 2 === 0 ? [[key, rest[at + 1]!] as const] : []));
      return [{ namespace, name, dimensions: Object.fromEntries(pairs) }];
    }),
  );
}

/** What cannot be made at all. */
export function alarmPromises(): void {
  describe('an alarm', () => {
    const stack = (): Stack => new Stack(new App({ analyticsReporting: false }), 'stack');
    const good: AlarmProps = {
      severity: 'high',
      impact: 'Leads are lost while this goes on.',
      because: 'One in five minutes is more than there should be.',
      runbook: 'the-api-fails',
      link: 'https://eu-west-1.console.aws.amazon.com/',
      metric: ownMetric('test', 'LeadsReceived'),
      threshold: 1,
    };
    const make = (change: Partial<AlarmProps>) => () => {
      const at = stack();
      return new SlaAlarm(
        at,
        'alarm',
        { environment: 'test', topic: new Topic(at, 'Topic') },
        { ...good, ...change },
      );
    };

    test('is made of all its parts', () => {
      expect(make({})).not.toThrow();
    });

    test.each<[string, Partial<AlarmProps>]>([
      ['an impact', { impact: '' }],
      ['an impact in a sentence', { impact: 'leads lost' }],
      ['a reason for its threshold', { because: 'because' }],
      ['a description that CloudWatch takes', { impact: `Leads are ${'very '.repeat(200)}much lost.` }],
    ])('cannot be made without %s', (_, change) => {
      expect(make(change)).toThrow(/the alarm alarm|The alarm alarm/i);
    });

    test('cannot look at a metric with dimensions that it does not have, nor at more than ten', () => {
      expect(() => ownMetric('test', 'RungsClimbed')).toThrow(/not kept without/);
      expect(() => ownMetric('test', 'LeadsReceived', { of: 'x' })).toThrow(/not kept with /);
      const eleven = Array.from({ length: 11 }, (_, n) =>
        serviceMetric('Lambda', 'Errors', { n: String(n) }),
      );
      expect(() => sumOf(eleven, 'errors')).toThrow(/11 metrics/);
    });

    test('of the compliance says nothing of fewer verdicts than it takes', () => {
      const { expression } = compliance('test', good.metric.toMetricConfig().metricStat!.period, 20);
      expect(expression).toBe(
        'IF(SUM([met, missed]) >= 20, 100 * (1 - FILL(missed, 0) / SUM([met, missed])))',
      );
    });
  });
}
