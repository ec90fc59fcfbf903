/** The HTTP server that stands for API Gateway, with the local routes beside it. */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { api } from './api.ts';
import type { ApiParts } from './api.ts';
import { localRoutes } from './local-routes.ts';
import type { LocalParts } from './local-routes.ts';
import { gatewayProblem, notFound, refuse } from './problem.ts';

const BODY_LIMIT = 1024 * 1024;

export async function gateway(parts: ApiParts & LocalParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      void refuse(request, reply, gatewayProblem(error));
    },
  });
  // The functions read the body themselves, whatever its type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => refuse(request, reply, gatewayProblem(error)));
  app.setNotFoundHandler((request, reply) => refuse(request, reply, notFound(request)));
  await app.register(api(parts), { prefix: '/v1' });
  await app.register(localRoutes(parts), { prefix: '/local' });
  return app;
}
