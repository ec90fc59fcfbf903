/** `/v1`: what API Gateway does in front of the functions. */
import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GATEWAY_PROBLEMS } from '../../lambdas/api/gateway-problems.ts';
import type { Problem } from '../../lambdas/shared/errors.ts';
import type { Log } from '../../lambdas/shared/services.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import { InFlight } from '../clock/in-flight.ts';
import type { Scheduler } from '../clock/scheduler.ts';
import { invocation } from '../machines/functions.ts';
import type { LambdaHandler } from '../machines/functions.ts';
import { proxyEvent } from './event.ts';
import { definite, methodNotAllowed, refusal, refuse } from './problem.ts';
import { UsagePlan } from './usage-plan.ts';
import type { UsageLimits } from './usage-plan.ts';

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
  /** What the key may do at most; everything without it. */
  limits?: UsageLimits;
  clock: SystemClock;
  /** Where faults of the gateway itself are told, of which the answer says nothing. */
  log?: Pick<Log, 'error'>;
  /** Knows the steps of executions that run or wait for their turn. */
  scheduler: Pick<Scheduler, 'inFlight'>;
}

/** Registers the routes; to be mounted under `/v1`. */
export function api(parts: ApiParts): FastifyPluginCallback {
  return (app, _options, done) => {
    const key = Buffer.from(parts.apiKey);
    const turns = new InFlight(AT_A_TIME);
    const plan = new UsagePlan(parts.limits ?? {}, parts.clock);
    app.addHook('onRequest', (request, reply, next) => {
      if (!holds(request.headers['x-api-key'], key)) {
        next(refusal('INVALID_API_KEY'));
        return;
      }
      const excess = plan.take();
      if (excess !== undefined) reply.header('retry-after', GATEWAY_PROBLEMS[excess].retryAfterS);
      next(excess === undefined ? misdirected(request, reply, parts.routes) : refusal(excess));
    });
    // What is not there passes through the hook above as well, and does not get past it.
    app.setNotFoundHandler((request, reply) =>
      refuse(request, reply, refusal('MISSING_AUTHENTICATION_TOKEN')),
    );
    for (const route of parts.routes) addRoute(app, route, parts, turns);
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
      if (!answer.success) return refuse(request, reply, refusal('DEFAULT_5XX'));
      return send(reply, answer.data);
    },
  });
}

/** The refusal of a path or a method that is not there, before anything of the body is read. */
function misdirected(
  request: FastifyRequest,
  reply: FastifyReply,
  routes: readonly ApiRoute[],
): Problem | undefined {
  if (!request.is404) return undefined;
  const [path = ''] = request.url.split('?');
  const allowed = routes
    .filter((route) => new RegExp(`^/v1${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map((route) => route.method)
    .join(', ');
  if (allowed === '') return refusal('MISSING_AUTHENTICATION_TOKEN');
  reply.header('allow', allowed);
  return methodNotAllowed(allowed);
}

function send(reply: FastifyReply, answer: APIGatewayProxyResult): FastifyReply {
  const body = answer.isBase64Encoded === true ? Buffer.from(answer.body, 'base64') : answer.body;
  return reply.code(answer.statusCode).headers(definite(answer.headers)).send(body);
}

function toUrl(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function holds(given: string | string[] | undefined, key: Buffer): boolean {
  const candidate = Buffer.from(typeof given === 'string' ? given : '');
  return candidate.length === key.length && timingSafeEqual(candidate, key);
}
