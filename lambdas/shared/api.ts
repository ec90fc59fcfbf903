/**
 * The wrapper of every API function: checks the request by the table of routes, runs the handler, and writes the
 * answer through the schema of its status, so that nothing undeclared leaves.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { routeOf, type RouteName, type RouteOf } from '../api/routes.ts';
import type { EpochMs } from '../../core/time.ts';
import { powertoolsLog } from './logger.ts';
import { problemAnswer, problemOf } from './problem.ts';
import { parseRequest, type RequestParts } from './request.ts';
import { services, type Services } from './services.ts';

/** What a handler gets: the checked parts of the request, and what it works with. */
export interface ApiRequest<N extends RouteName> extends RequestParts<N> {
  services: Services;
  /** The instant of the request. */
  now: EpochMs;
  /** The request's id at API Gateway; every answer carries it as `x-correlation-id`. */
  correlationId: string;
}

type Responses<N extends RouteName> = RouteOf<N>['responses'];

/** What a handler gives back: a status of its route and the body for it. Fields that the schema lacks are dropped. */
export type ApiAnswer<N extends RouteName> = {
  [S in keyof Responses<N> & number]: Responses<N>[S] extends z.ZodType
    ? { status: S; body: z.input<Responses<N>[S]> }
    : never;
}[keyof Responses<N> & number];

/**
 * Makes the function for a route.
 * @param name the route's `name` in the table of routes
 * @param run may throw `Problem` for a refusal; every other error becomes 503 (busy, may be repeated) or 500
 */
export function apiHandler<N extends RouteName, const A extends ApiAnswer<N>>(
  name: N,
  run: (request: ApiRequest<N>) => Promise<A>,
) {
  const { responses } = routeOf(name);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .onError(async (request) => {
      request.response = await failed(request.error, name, correlationOf(request.event));
    })
    .handler(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
      const parts = parseRequest(name, event);
      const current = await services();
      const correlationId = correlationOf(event);
      const answer: { status: number; body: unknown } = await run({
        ...parts,
        services: current,
        now: current.clock.now(),
        correlationId,
      }).finally(() => current.metrics.flush());
      const schema = responses[answer.status];
      if (schema === undefined)
        throw new Error(`${name} answers ${answer.status}, which its route does not declare`);
      return {
        statusCode: answer.status,
        headers: {
          'content-type': 'application/json',
          'x-correlation-id': correlationId,
          'cache-control': 'no-store',
        },
        body: JSON.stringify(schema.parse(answer.body)),
      };
    });
}

/** The answer for an error. What is not the caller's doing is logged; the answer says nothing of it. */
async function failed(error: unknown, route: string, correlationId: string): Promise<APIGatewayProxyResult> {
  const problem = problemOf(error);
  if (problem.status >= 500) {
    const log = await services().then(
      (current) => current.log,
      () => powertoolsLog(),
    );
    log.error('An API request failed', { route, correlationId, statusCode: problem.status, error });
  }
  return problemAnswer(problem, correlationId);
}

function correlationOf(event: APIGatewayProxyEvent): string {
  return event.requestContext.requestId;
}
