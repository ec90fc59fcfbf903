/** Every log has an end, and none holds personal data. */
import { runStateSchema } from '../../lambdas/shared/step.ts';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { MACHINES, machineText } from '../statemachines/machine.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

/** What the access log of the API may say of a request: no address of a caller, no path with ids, no query, no body. */
const ACCESS_LOG = [
  '$context.apiId',
  '$context.error.responseType',
  '$context.httpMethod',
  '$context.identity.apiKeyId',
  '$context.integrationLatency',
  '$context.requestId',
  '$context.requestTimeEpoch',
  '$context.resourcePath',
  '$context.responseLatency',
  '$context.responseLength',
  '$context.stage',
  '$context.status',
];
/** What travels through a state machine, and so into its log: identifiers, instants, words of the product. */
const EXECUTION_DATA = ['clockId', 'cycle', 'leadId', 'next', 'outcome', 'run', 'ticketId'];

export function logPromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  const groups = (): [string, Record<string, unknown>][] =>
    resources(service(), 'AWS::Logs::LogGroup').map(([id, { Properties }]) => [id, Properties]);

  test('log groups end after the retention of the environment', () => {
    expect(groups().length).toBeGreaterThan(properties(service(), 'AWS::Lambda::Function').length);
    for (const [id, { RetentionInDays }] of groups())
      expect([id, RetentionInDays]).toEqual([id, settings.logRetention]);
  });

  test('whatever writes a log writes it into one of these groups, not into one that lasts for ever', () => {
    const text = (type: string, key: string): string[] =>
      properties(service(), type).map((resource) => JSON.stringify(resource[key]));
    const written = [
      ...text('AWS::Lambda::Function', 'LoggingConfig'),
      ...text('AWS::StepFunctions::StateMachine', 'LoggingConfiguration'),
      ...text('AWS::ApiGateway::Stage', 'AccessLogSetting'),
      ...text('AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs'),
    ];
    const ids = groups().map(([id]) => id);
    const used = written.map((where) => ids.find((id) => where.includes(`"${id}"`)));
    expect(used).not.toContain(undefined);
    expect(new Set(used).size).toBe(written.length);
    expect([...ids].sort()).toEqual([...used].sort());
  });

  test('the access log of the API says who asked for which route and what came of it, and no more', () => {
    const [stage] = properties(service(), 'AWS::ApiGateway::Stage');
    const { Format } = stage!['AccessLogSetting'] as { Format: string };
    const said = Object.values(JSON.parse(Format) as Record<string, string>);
    expect(said.filter((variable) => !ACCESS_LOG.includes(variable))).toEqual([]);
    expect(stage!['MethodSettings']).toEqual([
      expect.objectContaining({ DataTraceEnabled: false, LoggingLevel: 'ERROR' }),
    ]);
  });

  test('state machines are logged with data of executions, for these are identifiers and instants', () => {
    for (const machine of properties(service(), 'AWS::StepFunctions::StateMachine')) {
      expect(machine['LoggingConfiguration']).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
    }
    const fields = runStateSchema.options.flatMap(({ shape }) => Object.keys(shape));
    expect([...new Set(fields)].sort()).toEqual(EXECUTION_DATA);
    for (const name of MACHINES) {
      const paths = [...machineText(name).matchAll(/"\$\.(\w+)/g)].map(([, field]) => field!);
      const own = ['error', 'recorded', ...EXECUTION_DATA];
      expect(paths.filter((field) => !own.includes(field))).toEqual([]);
    }
  });

  test('functions log what is on the list of the logger: no setting makes them log their events', () => {
    for (const lambda of properties(service(), 'AWS::Lambda::Function')) {
      const { Variables } = lambda['Environment'] as { Variables: Record<string, unknown> };
      const loud = ['POWERTOOLS_LOGGER_LOG_EVENT', 'POWERTOOLS_DEV', 'AWS_LAMBDA_LOG_LEVEL'];
      expect(Object.keys(Variables).filter((name) => loud.includes(name))).toEqual([]);
      expect(Variables['POWERTOOLS_LOG_LEVEL']).toBe(settings.logLevel);
    }
    if (settings.keepData) expect(settings.logLevel).toBe('INFO');
  });
}
