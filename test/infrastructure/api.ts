/** What is promised of the REST API. */
import { ROUTES, type Route } from '../../lambdas/api/routes.ts';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type EnvironmentTemplates, properties, resources, type Resource } from './synthesized.ts';

const routes: readonly Route[] = ROUTES;

/** The path of an API resource, from the root. */
function pathOf(all: Map<string, Resource>, id: string): string {
  const resource = all.get(id);
  if (resource === undefined) return '';
  const parent = resource.Properties['ParentId'] as { Ref?: string };
  return `${pathOf(all, parent.Ref ?? '')}/${String(resource.Properties['PathPart'])}`;
}

export function apiPromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  const methods = (): { method: Record<string, unknown>; route: string }[] => {
    const paths = new Map(resources(service(), 'AWS::ApiGateway::Resource'));
    return properties(service(), 'AWS::ApiGateway::Method').map((method) => ({
      method,
      route: `${String(method['HttpMethod'])} ${pathOf(paths, (method['ResourceId'] as { Ref: string }).Ref)}`,
    }));
  };

  test('every route of the table is in the API, and nothing else', () => {
    expect(
      methods()
        .map(({ route }) => route)
        .sort(),
    ).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test('every route is answered by its own function', () => {
    const functions = new Map(
      resources(service(), 'AWS::Lambda::Function').map(([id, { Properties }]) => [
        id,
        Properties['FunctionName'],
      ]),
    );
    for (const { method, route } of methods()) {
      const { name } = routes.find((row) => `${row.method} ${row.path}` === route)!;
      const uri = JSON.stringify((method['Integration'] as { Uri: unknown }).Uri);
      const called = [...functions].filter(([id]) => uri.includes(`"${id}"`)).map(([, found]) => found);
      expect([route, called]).toEqual([route, [`lead-sla-${settings.name}-${name}`]]);
    }
  });

  test('every route asks for a key and has its request checked', () => {
    for (const { method, route } of methods()) {
      const row = routes.find(({ method: verb, path }) => `${verb} ${path}` === route)!;
      expect([route, method['ApiKeyRequired']]).toEqual([route, true]);
      expect(method['RequestValidatorId']).toBeDefined();
      expect(method['RequestModels'] !== undefined).toBe(row.request.body !== undefined);
    }
    expect(properties(service(), 'AWS::ApiGateway::RequestValidator')).toEqual([
      expect.objectContaining({ ValidateRequestBody: true, ValidateRequestParameters: true }),
    ]);
  });

  test('bodies must be objects; the details are left to the functions, which name every wrong field', () => {
    const models = properties(service(), 'AWS::ApiGateway::Model');
    expect(models).toHaveLength(routes.filter(({ request }) => request.body !== undefined).length);
    for (const { Schema } of models) {
      const schema = Schema as { type: string; properties: object; required?: unknown };
      expect(schema.type).toBe('object');
      expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
      expect(schema.required).toBeUndefined();
    }
  });

  test('callers are throttled and have a daily quota', () => {
    const { requestsPerSecond, burst, requestsPerDay } = settings.api;
    expect(properties(service(), 'AWS::ApiGateway::UsagePlan')).toEqual([
      expect.objectContaining({
        Throttle: { RateLimit: requestsPerSecond, BurstLimit: burst },
        Quota: { Limit: requestsPerDay, Period: 'DAY' },
      }),
    ]);
    const [stage] = properties(service(), 'AWS::ApiGateway::Stage');
    expect(stage!['StageName']).toBe('v1');
    expect(stage!['MethodSettings']).toEqual([
      expect.objectContaining({ ThrottlingRateLimit: requestsPerSecond, ThrottlingBurstLimit: burst }),
    ]);
  });

  test('what the gateway refuses by itself is told as a problem, like every other refusal', () => {
    const answers = properties(service(), 'AWS::ApiGateway::GatewayResponse');
    expect(answers.map(({ StatusCode }) => Number(StatusCode))).toEqual(
      expect.arrayContaining([400, 403, 404, 413, 429, 503]),
    );
    for (const { StatusCode, ResponseParameters, ResponseTemplates } of answers) {
      expect(ResponseParameters).toEqual({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        ...(StatusCode === '429' && {
          'gatewayresponse.header.Retry-After': expect.stringMatching(/^'\d+'$/) as unknown,
        }),
      });
      const template = (ResponseTemplates as Record<string, string>)['application/json']!;
      const filled = template
        .replace('$context.error.messageString', '"in words"')
        .replace('$context.requestId', 'r');
      expect(JSON.parse(filled)).toMatchObject({
        type: expect.stringMatching(/^urn:lead-sla:problem:[a-z-]+$/) as unknown,
        title: expect.any(String) as unknown,
        status: Number(StatusCode),
        detail: expect.any(String) as unknown,
        correlationId: 'r',
      });
    }
  });
}
