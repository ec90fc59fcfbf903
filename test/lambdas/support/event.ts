/** Requests as API Gateway hands them to a function. */
import type { TimelineEntry } from '../../../core/model/effects.ts';
import type { Person } from '../../../core/model/person.ts';
import type { LeadView } from '../../../lambdas/api/schemas/lead-view.ts';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export interface Ask {
  path?: Record<string, string>;
  query?: Record<string, string | string[]>;
  /** An object becomes JSON; a text is sent as it is. */
  body?: unknown;
  base64?: boolean;
  headers?: Record<string, string>;
}

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What tests look into; an answer has those fields that its route declares. */
interface Body {
  type: string;
  errors: { path: string; message: string }[];
  person: Person;
  warnings: { path: string; message: string }[];
  assigned: number;
  leads: LeadView[];
  cursor: string;
  clocks: LeadView['clocks'];
  timeline: TimelineEntry[];
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Body;
}

/** Calls a handler and reads its answer. */
export async function call(handler: Handler, ask: Ask = {}): Promise<Answer> {
  const result = await handler(eventOf(ask), { getRemainingTimeInMillis: () => 10_000 } as Context);
  return {
    status: result.statusCode,
    headers: result.headers ?? {},
    body: JSON.parse(result.body) as Body,
  };
}

function eventOf({ path = {}, query = {}, body, base64 = false, headers }: Ask): APIGatewayProxyEvent {
  const many = Object.entries(query).map(([key, value]): [string, string[]] => [key, [value].flat()]);
  return {
    headers: headers ?? { 'Content-Type': 'application/json' },
    pathParameters: path,
    queryStringParameters: Object.fromEntries(many.map(([key, values]) => [key, values.at(-1)])),
    multiValueQueryStringParameters: Object.fromEntries(many),
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: base64,
    requestContext: { requestId: 'request-1' },
  } as unknown as APIGatewayProxyEvent;
}
