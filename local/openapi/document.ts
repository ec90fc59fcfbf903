/** The OpenAPI 3.1 document, made from the table of routes. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import packageJson from '../../package.json' with { type: 'json' };
import {
  BASE_PATH,
  BODY_PROBLEMS,
  COMMON_PROBLEMS,
  ROUTES,
  type Route,
  type RouteName,
} from '../../lambdas/api/routes.ts';
import { problemSchema } from '../../lambdas/api/schemas/problem.ts';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';
import { ANSWERS } from './examples.ts';
import type { Example } from './problem-example.ts';
import { PROBLEMS } from './problems.ts';

const DESCRIPTION = `Takes marketing qualified leads from a CRM, and inquiries that become such leads by fit and intent; gives each an owner and enforces its response SLA.

Instants are ISO 8601 with an offset, and UTC in answers; durations are ISO 8601. Errors are \`application/problem+json\` (RFC 9457) with a stable \`type\`. Every answer of the functions carries \`x-correlation-id\`.`;

const correlationHeader = z
  .string()
  .meta({ description: 'Names the request in the logs.', header: { id: 'CorrelationId' } });
const headers = z.object({ 'x-correlation-id': correlationHeader });
const retryHeader = z.string().meta({ description: 'Seconds.', header: { id: 'RetryAfter' } });

/** The whole document, ready to be written as JSON. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route.name, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'lead-sla', version: packageJson.version, description: DESCRIPTION },
    servers: [{ url: BASE_PATH }],
    security: [{ apiKey: [] }],
    components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    paths,
  });
}

function operation(name: RouteName, route: Route): ZodOpenApiOperationObject {
  const { path, query, body } = route.request;
  const answers = Object.entries(route.responses).map(
    ([status, schema]): [string, ZodOpenApiResponseObject] => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'Done.',
        headers,
        content: { 'application/json': { ...(schema && { schema }), example: ANSWERS[name] } },
      },
    ],
  );
  const statuses = [...COMMON_PROBLEMS, ...(body === undefined ? [] : BODY_PROBLEMS), ...route.problems];
  const problems = statuses.map((status) => [`${status}`, problemResponse(status)] as const);
  return {
    operationId: name,
    summary: route.summary,
    description: route.description,
    tags: [tagOf(route)],
    requestParams: { ...(path && { path }), ...(query && { query }) },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: Object.fromEntries([...answers, ...problems]),
  };
}

const TAGS: Record<string, string> = {
  people: 'People',
  consequences: 'People',
  inquiries: 'Inquiries',
  suppressions: 'Suppressions',
  opportunities: 'Opportunities',
  meetings: 'Meetings',
};

function tagOf({ path }: Route): string {
  return TAGS[path.split('/')[1] ?? ''] ?? 'Leads';
}

const DESCRIPTIONS: Record<string, string> = {
  200: 'Done, or known already.',
  202: 'Taken; the rest follows by itself.',
};

/** Problems that say when the request may be repeated. */
const RETRIED = ['429', '503'];

const problemResponses = new Map(
  Object.entries(PROBLEMS).map(
    ([status, { description, example, others }]): [number, ZodOpenApiResponseObject] => [
      Number(status),
      {
        id: `Problem${status}`,
        description,
        headers: RETRIED.includes(status) ? headers.extend({ 'retry-after': retryHeader }) : headers,
        content: { 'application/problem+json': { schema: problemSchema, ...shown([example, ...others]) } },
      },
    ],
  ),
);

/** One example, or several by the last part of their types. */
function shown(problems: readonly Example[]): object {
  const bodies = problems.map((body) => ({ ...body, correlationId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' }));
  if (bodies.length === 1) return { example: bodies[0] };
  const named = bodies.map((value) => [value.type.slice(PROBLEM_BASE.length), { value }] as const);
  return { examples: Object.fromEntries(named) };
}

function problemResponse(status: number): ZodOpenApiResponseObject {
  const response = problemResponses.get(status);
  if (response === undefined) throw new Error(`problem ${status} has no description`);
  return response;
}
