/** Answers of the gateway itself, in the form that the functions' own problems have. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../lambdas/shared/errors.ts';
import { problemAnswer } from '../../lambdas/shared/problem.ts';

/** Sends a problem. */
export function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, headers, body } = problemAnswer(problem, request.id);
  return reply.code(statusCode).headers(definite(headers)).send(body);
}

/** The problem for what fastify, or a route of ours, has thrown. */
export function gatewayProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  if (status === 413) return new Problem(413, 'too-large', 'Too large', 'The body is larger than 1 MB.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem(status, 'invalid-request', 'Invalid request', detail);
  }
  return new Problem(500, 'internal', 'Internal error', detail);
}

export function notFound(request: FastifyRequest): Problem {
  return new Problem(
    404,
    'not-found',
    'Not found',
    `There is nothing at ${request.url.split('?')[0] ?? ''}.`,
  );
}

export function methodNotAllowed(allowed: string): Problem {
  return new Problem(405, 'method-not-allowed', 'Method not allowed', `Allowed here: ${allowed}.`);
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
