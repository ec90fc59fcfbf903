import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { problemSchema } from '../../lambdas/api/schemas/problem.ts';
import { ROUTES } from '../../lambdas/api/routes.ts';
import { ANSWERS } from '../../local/openapi/examples.ts';
import { openApiDocument } from '../../local/openapi/document.ts';

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
  requestBody?: unknown;
}
interface Document {
  openapi: string;
  security: unknown;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, unknown> };
}
interface Shown {
  content: {
    'application/problem+json': { example?: unknown; examples?: Record<string, { value: unknown }> };
  };
}
const written = JSON.parse(readFileSync('docs/api/openapi.json', 'utf8')) as Document;

it('is checked in as the table of routes gives it (else: npm run openapi)', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

it('describes every route and no other', () => {
  const described = Object.entries(written.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
    ),
  );
  expect(described.sort()).toEqual(
    ROUTES.map(({ method, path, name }) => `${method} ${path} ${name}`).sort(),
  );
});

it('has OpenAPI 3.1 and the API key of every request', () => {
  expect(written.openapi).toBe('3.1.0');
  expect(written.security).toEqual([{ apiKey: [] }]);
  expect(written.components.securitySchemes).toMatchObject({
    apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
  });
});

it('holds nothing that it does not define', () => {
  const references = JSON.stringify(written).matchAll(/"\$ref":"#\/([^"]+)"/g);
  for (const [, path] of references) {
    const target = path!
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], written);
    expect({ path, defined: target !== undefined }).toEqual({ path, defined: true });
  }
});

it('shows the problems that a caller has to tell apart, by their types', () => {
  const { responses } = (written as unknown as { components: { responses: Record<string, Shown> } })
    .components;
  const shown = Object.entries(responses).flatMap(([id, { content }]) => {
    const { example, examples } = content['application/problem+json'];
    const bodies = examples === undefined ? [example] : Object.values(examples).map(({ value }) => value);
    return bodies.map((body) => ({ id, body: problemSchema.parse(body) }));
  });
  for (const { id, body } of shown) expect(id).toBe(`Problem${body.status}`);
  const types = shown.map(({ body }) => body.type.replace('urn:lead-sla:problem:', ''));
  expect(types).toEqual(expect.arrayContaining(['suppressed', 'erased', 'not-in-review', 'not-a-manager']));
  expect(types).toEqual(
    expect.arrayContaining([
      ...['not-allowed', 'no-ae', 'not-the-ae'],
      ...['sql-gate', 'attempts-missing', 'unknown-code', 'briefing-unread'],
    ]),
  );
  expect(shown.find(({ body }) => body.type.endsWith(':not-allowed'))?.body).toMatchObject({
    allowed: ['accept', 'reject', 'dispose'],
  });
  expect(shown.find(({ body }) => body.type.endsWith(':suppressed'))?.body).toMatchObject({
    until: expect.any(String) as unknown,
    reason: expect.any(String) as unknown,
  });
});

describe.each(ROUTES.map((route) => [route.name, route] as const))('%s', (name, route) => {
  const operation = written.paths[route.path]![route.method.toLowerCase()]!;

  it('tells its answers and its problems', () => {
    const statuses = [
      ...Object.keys(route.responses),
      ...route.problems.map(String),
      '400',
      '403',
      '429',
      '500',
      '503',
      ...('body' in route.request ? ['413', '415'] : []),
    ];
    expect(Object.keys(operation.responses).sort()).toEqual([...new Set(statuses)].sort());
    expect(operation.requestBody !== undefined).toBe('body' in route.request);
  });

  it('has examples that are valid', () => {
    for (const schema of Object.values<z.ZodType>(route.responses)) {
      expect(schema.parse(ANSWERS[name])).toEqual(JSON.parse(JSON.stringify(ANSWERS[name])));
    }
    if (!('body' in route.request)) return;
    const examples = route.request.body.meta()?.['examples'] as unknown[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect(route.request.body.safeParse(example)).toMatchObject({ success: true });
  });
});
