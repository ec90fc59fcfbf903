/** The HTTP server that stands for API Gateway, with the local routes beside it. */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from '../../lambdas/shared/request.ts';
import { api } from './api.ts';
import type { ApiParts } from './api.ts';
import { localRoutes } from './local-routes.ts';
import type { LocalParts } from './local-routes.ts';
import { answerBrokenRequest, gatewayProblem, refusal, refuse } from './problem.ts';

/** Within this time a request has to have arrived, headers and body. */
const ARRIVAL_LIMIT_MS = 10_000;
/** How often the server looks for requests that have not. */
const LOOK_EVERY_MS = 1000;
/** Longer than any id: what is too long is for the functions to refuse, as it is behind API Gateway. */
const MAX_PARAMETER_LENGTH = 8192;

export async function gateway(parts: ApiParts & LocalParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    requestTimeout: ARRIVAL_LIMIT_MS,
    http: { connectionsCheckingInterval: LOOK_EVERY_MS, headersTimeout: ARRIVAL_LIMIT_MS },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      void refuse(request, reply, gatewayProblem(error));
    },
  });
  // The functions read the body themselves, whatever its type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    const problem = gatewayProblem(error);
    if (problem.status >= 500) parts.log?.error('The gateway failed', { correlationId: request.id, error });
    return refuse(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, refusal('MISSING_AUTHENTICATION_TOKEN')));
  await app.register(api(parts), { prefix: '/v1' });
  await app.register(localRoutes(parts), { prefix: '/local' });
  return app;
}
