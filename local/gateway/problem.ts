/** Answers of the gateway itself, in the form that the functions' own problems have. No error's own words get out. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  GATEWAY_PROBLEMS,
  type GatewayProblem,
  type GatewayResponseType,
} from '../../lambdas/api/gateway-problems.ts';
import { Problem } from '../../lambdas/shared/errors.ts';
import { problemAnswer } from '../../lambdas/shared/problem.ts';

/** Sends a problem. */
export function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, headers, body } = problemAnswer(problem, request.id);
  return reply.code(statusCode).headers(definite(headers)).send(body);
}

/** The problem that the deployed gateway would answer. */
export function refusal(on: GatewayResponseType): Problem {
  const { status, type, title, detail = title, errors }: GatewayProblem = GATEWAY_PROBLEMS[on];
  return new Problem(status, type, title, detail, errors === undefined ? {} : { errors });
}

/** The problem for what fastify, or a route of ours, has thrown. */
export function gatewayProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return refusal('REQUEST_TOO_LARGE');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem(status, 'invalid-request', 'Invalid request', 'The request cannot be read.');
  }
  return refusal('DEFAULT_5XX');
}

export function methodNotAllowed(allowed: string): Problem {
  return new Problem(405, 'method-not-allowed', 'Method not allowed', `Allowed here: ${allowed}.`);
}

/** Answers what is no HTTP, too long in its headers, or does not arrive in time; then hangs up. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { statusCode, headers, body } = problemAnswer(brokenRequest(error.code), randomUUID());
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  socket.end(
    [
      `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
  );
}

function brokenRequest(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'request-timeout', 'Request timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'headers-too-large', 'Headers too large', 'Path and headers are too long.');
    default:
      return new Problem(400, 'invalid-request', 'Invalid request', 'The request is not HTTP.');
  }
}

/** Headers as fastify takes them. */
export function definite(
  headers: Record<string, boolean | number | string> | undefined,
): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? String(value) : value,
    ]),
  );
}
