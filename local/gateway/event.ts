/** The event that API Gateway (REST, proxy integration) makes of a request. */
import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';

const paramsSchema = z.record(z.string(), z.string());
const STAGE = 'v1';

/**
 * @param resource the route's path with its `{parameters}`
 * @param now the runner's instant
 */
export function proxyEvent(request: FastifyRequest, resource: string, now: EpochMs): APIGatewayProxyEvent {
  const [, path = '', query = ''] = /^([^?]*)\??([^]*)$/.exec(request.url) ?? [];
  const pathParameters = paramsSchema.parse(request.params ?? {});
  const queries = multiValue(new URLSearchParams(query));
  return {
    resource,
    path,
    httpMethod: request.method,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.at(-1) : value,
      ]),
    ),
    multiValueHeaders: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? [value] : value,
      ]),
    ),
    pathParameters: Object.keys(pathParameters).length === 0 ? null : pathParameters,
    queryStringParameters: query === '' ? null : last(queries),
    multiValueQueryStringParameters: query === '' ? null : queries,
    stageVariables: null,
    ...bodyOf(request.body),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod: request.method,
      identity: identity(request),
      path,
      stage: STAGE,
      requestId: request.id,
      requestTimeEpoch: now,
      resourceId: resource,
      resourcePath: resource,
    },
  };
}

/** Bytes that are no text are handed on in base64; an empty body is none. */
function bodyOf(body: unknown): { body: string | null; isBase64Encoded: boolean } {
  if (!Buffer.isBuffer(body) || body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = !isUtf8(body);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function multiValue(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

function last(queries: Record<string, string[]>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(queries).map(([name, values]) => [name, values.at(-1)]));
}

function identity(request: FastifyRequest): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: request.ip,
    user: null,
    userAgent: request.headers['user-agent'] ?? null,
    userArn: null,
  };
}
