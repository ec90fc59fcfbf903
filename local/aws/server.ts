/** One endpoint on the loopback interface for Step Functions, EventBridge and SES: the clients tell them apart. */
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { parseJson } from '../json.ts';
import type { MailServer } from './mail.ts';
import { ServiceError } from './protocol.ts';
import type { Operation } from './protocol.ts';

export interface Endpoints {
  /** Operations by the prefix of `X-Amz-Target`, `AWSStepFunctions` or `AWSEvents`. */
  targets: Record<string, Record<string, Operation>>;
  mail: MailServer;
}

/** Largest request that Step Functions or SES takes, with room for its envelope. */
const BODY_LIMIT = 12 * 1024 * 1024;

export function awsServer(endpoints: Endpoints): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/', async (request, reply) => {
    reply.header('x-amzn-requestid', randomUUID());
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') return json(endpoints, target, request, reply);
    return mail(endpoints.mail, request, reply);
  });
  return app;
}

async function json(
  endpoints: Endpoints,
  target: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  reply.type(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
  const [service = '', operation = ''] = target.split('.');
  const run = endpoints.targets[service]?.[operation];
  try {
    if (run === undefined)
      throw new ServiceError('UnknownOperationException', `${target} is not served here.`);
    return JSON.stringify(await run(parseJson(String(request.body))));
  } catch (error) {
    const { name, message } = serviceError(error);
    reply.code(name === 'InternalFailure' ? 500 : 400);
    return JSON.stringify({ __type: name, message });
  }
}

async function mail(server: MailServer, request: FastifyRequest, reply: FastifyReply): Promise<string> {
  reply.type('text/xml');
  const headers = {
    'content-type': request.headers['content-type'] ?? '',
    authorization: request.headers.authorization ?? '',
  };
  try {
    return await server.send(String(request.body), headers);
  } catch (error) {
    const { name, message } = serviceError(error);
    reply.code(name === 'InternalFailure' ? 500 : 400);
    const fault = name === 'InternalFailure' ? 'Receiver' : 'Sender';
    return `<ErrorResponse><Error><Type>${fault}</Type><Code>${name}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`;
  }
}

function serviceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('InternalFailure', error instanceof Error ? error.message : String(error));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
