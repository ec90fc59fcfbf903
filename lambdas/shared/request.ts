/** Reads the parts of an API Gateway event and checks them by the schemas of a route. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { z } from 'zod';
import { GATEWAY_PROBLEMS } from '../api/gateway-problems.ts';
import { routeOf, type RouteName, type RouteOf } from '../api/routes.ts';
import { Problem } from './errors.ts';
import { faults, invalidRequest, messageOf, shownName } from './problem.ts';

/** Largest body that is read; the gateway of AWS would hand on several times as much. */
export const MAX_BODY_BYTES = 1024 * 1024;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i;

type Parsed<R, K extends string> =
  R extends Readonly<Record<K, infer S extends z.ZodType>> ? z.output<S> : undefined;

/** The checked parts of a request; `undefined` for those that the route does not have. */
export interface RequestParts<N extends RouteName> {
  path: Parsed<RouteOf<N>['request'], 'path'>;
  query: Parsed<RouteOf<N>['request'], 'query'>;
  body: Parsed<RouteOf<N>['request'], 'body'>;
}

/**
 * Checks path, query and body by the schemas of the route.
 * @throws Problem 400 `invalid-request` with all faults of the first part that has any, 413 or 415 for a body that is
 *   not even looked into
 */
export function parseRequest<N extends RouteName>(name: N, event: APIGatewayProxyEvent): RequestParts<N>;
export function parseRequest(
  name: RouteName,
  event: APIGatewayProxyEvent,
): Record<keyof RequestParts<RouteName>, unknown> {
  const { path, query, body } = routeOf(name).request;
  return {
    path: path && checked(path, pathParameters(event), 'path'),
    query: checked(query, queryParameters(event), 'query'),
    body: body && checked(body, jsonBody(event), ''),
  };
}

function checked(schema: z.ZodType | undefined, input: unknown, root: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(input, { error: messageOf });
  if (!result.success) throw invalidRequest(faults(result.error.issues, root));
  return result.data;
}

/** Path parameters; API Gateway hands on what was percent-encoded, and no valid id holds a percent sign. */
function pathParameters(event: APIGatewayProxyEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event.pathParameters ?? {}).map(([key, value]) => [key, decoded(value)]),
  );
}

function decoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Query parameters; one that is given twice has no meaning here. */
function queryParameters(event: APIGatewayProxyEvent): Record<string, unknown> {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {}).filter(
    ([, all]) => (all?.length ?? 0) > 1,
  );
  if (repeated.length > 0) {
    throw invalidRequest(
      repeated.map(([key]) => ({ path: `query.${shownName(key)}`, message: 'must be given once' })),
    );
  }
  return { ...event.queryStringParameters };
}

/** The JSON of the body. @throws Problem that says what is wrong with it, in words that quote nothing of it */
function jsonBody(event: APIGatewayProxyEvent): unknown {
  const type = Object.entries({ ...event.headers }).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )?.[1];
  if (type !== undefined && !JSON_TYPE.test(type.trim())) throw unread('UNSUPPORTED_MEDIA_TYPE');
  const text = bodyText(event);
  if (text.trim() === '') throw wrongBody('The body must be a JSON object; it is empty.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrongBody(`The body must be JSON; it cannot be read as such${placeOf(error)}.`);
  }
}

function bodyText(event: APIGatewayProxyEvent): string {
  if (event.body === null) return '';
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw unread('REQUEST_TOO_LARGE');
  try {
    // Leaves out a byte order mark, which some systems put in front.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrongBody('The body must be UTF-8; it holds bytes that are not.');
  }
}

/** Where the reader got stuck, if it says so; the rest of its words quote the body. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
  return place === undefined ? '' : ` ${place}`;
}

function wrongBody(message: string): Problem {
  return invalidRequest([{ path: '', message }], message);
}

function unread(on: 'REQUEST_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE'): Problem {
  const { status, type, title, detail } = GATEWAY_PROBLEMS[on];
  return new Problem(status, type, title, detail);
}
