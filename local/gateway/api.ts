/** `/v1`: what API Gateway does in front of the functions. */
import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type {
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
} from 'fastify';
import { z } from 'zod';
import { Problem } from '../../lambdas/shared/errors.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import { InFlight } from '../clock/in-flight.ts';
import type { Scheduler } from '../clock/scheduler.ts';
import { invocation } from '../machines/functions.ts';
import type { LambdaHandler } from '../machines/functions.ts';
import { proxyEvent } from './event.ts';
import { definite, gatewayProblem, methodNotAllowed, notFound, refuse } from './problem.ts';

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Requests that are worked on at a time; more wait for their turn, as a crowd would otherwise make every call of every
 * function so slow that the clients give up.
 */
const AT_A_TIME = 16;
/** What was accepted goes before what comes: with more steps than this waiting, a request waits as well. */
const STEPS_WAITING = 16;

const answerSchema: z.ZodType<APIGatewayProxyResult> = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  body: z.string(),
  isBase64Encoded: z.boolean().optional(),
});

export interface ApiRoute {
  method: string;
  /** Below `/v1`, with `{parameters}`. */
  path: string;
  /** Name of the function. */
  name: string;
}

export interface ApiParts {
  routes: readonly ApiRoute[];
  functions: ReadonlyMap<string, LambdaHandler>;
  apiKey: string;
  clock: SystemClock;
  /** Knows the steps of executions that run or wait for their turn. */
  scheduler: Pick<Scheduler, 'inFlight'>;
}

/** Registers the routes; to be mounted under `/v1`. */
export function api(parts: ApiParts): FastifyPluginCallback {
  return (app, _options, done) => {
    const key = Buffer.from(parts.apiKey);
    const turns = new InFlight(AT_A_TIME);
    app.addHook('onRequest', (request, _reply, next) => {
      next(holds(request.headers['x-api-key'], key) ? undefined : noKey());
    });
    app.setErrorHandler((error, request, reply) => refuse(request, reply, gatewayProblem(error)));
    app.setNotFoundHandler((request, reply) => refuse(request, reply, notFound(request)));
    for (const route of parts.routes) addRoute(app, route, parts, turns);
    for (const path of new Set(parts.routes.map((route) => route.path))) addRefusals(app, path, parts.routes);
    done();
  };
}

function addRoute(app: FastifyInstance, route: ApiRoute, parts: ApiParts, turns: InFlight): void {
  const handler = parts.functions.get(route.name);
  if (handler === undefined) throw new Error(`No function ${route.name} for ${route.method} ${route.path}.`);
  app.route({
    method: route.method,
    url: toUrl(route.path),
    handler: async (request, reply) => {
      const answer = answerSchema.safeParse(
        await turns.done(async () => {
          await parts.scheduler.inFlight.room(STEPS_WAITING);
          return handler(proxyEvent(request, `/v1${route.path}`, parts.clock.now()), invocation(route.name));
        }),
      );
      if (!answer.success) {
        return refuse(
          request,
          reply,
          new Problem(502, 'bad-answer', 'Bad answer', `${route.name} gave no valid answer.`),
        );
      }
      return send(reply, answer.data);
    },
  });
}

/** 405 for the methods that a known path does not have. */
function addRefusals(app: FastifyInstance, path: string, routes: readonly ApiRoute[]): void {
  const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
  const list = allowed.join(', ');
  app.route({
    method: METHODS.filter((method) => !allowed.includes(method)),
    url: toUrl(path),
    handler: (request: FastifyRequest, reply) =>
      refuse(request, reply.header('allow', list), methodNotAllowed(list)),
  });
}

function send(reply: FastifyReply, answer: APIGatewayProxyResult): FastifyReply {
  const body = answer.isBase64Encoded === true ? Buffer.from(answer.body, 'base64') : answer.body;
  return reply.code(answer.statusCode).headers(definite(answer.headers)).send(body);
}

function noKey(): Problem {
  return new Problem(403, 'forbidden', 'Forbidden', 'The header x-api-key is missing or holds another key.');
}

function toUrl(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function holds(given: string | string[] | undefined, key: Buffer): boolean {
  const candidate = Buffer.from(typeof given === 'string' ? given : '');
  return candidate.length === key.length && timingSafeEqual(candidate, key);
}
