/** What API Gateway refuses by itself, in the form of every other refusal: `application/problem+json` (RFC 9457). */
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';

interface GatewayProblem {
  on: ResponseType;
  status: number;
  type: string;
  title: string;
  /** In place of the gateway's own words, where these mislead. */
  detail?: string;
}

const PROBLEMS: readonly GatewayProblem[] = [
  {
    on: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    type: 'invalid-request',
    title: 'The request is not valid',
    detail: 'The body must be a JSON object.',
  },
  { on: ResponseType.BAD_REQUEST_PARAMETERS, status: 400, type: 'invalid-request', title: 'The request is not valid' },
  {
    on: ResponseType.INVALID_API_KEY,
    status: 403,
    type: 'forbidden',
    title: 'Forbidden',
    detail: 'The header x-api-key must carry a key of this environment.',
  },
  { on: ResponseType.ACCESS_DENIED, status: 403, type: 'forbidden', title: 'Forbidden' },
  {
    // The gateway says so, misleadingly, of every path and method that does not exist.
    on: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    type: 'not-found',
    title: 'Not found',
    detail: 'The API has no such path and method.',
  },
  { on: ResponseType.REQUEST_TOO_LARGE, status: 413, type: 'too-large', title: 'Request too large' },
  {
    on: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    type: 'unsupported-media-type',
    title: 'Unsupported media type',
  },
  { on: ResponseType.THROTTLED, status: 429, type: 'too-many-requests', title: 'Too many requests' },
  { on: ResponseType.QUOTA_EXCEEDED, status: 429, type: 'quota-exceeded', title: 'Daily quota used up' },
  { on: ResponseType.INTEGRATION_FAILURE, status: 503, type: 'unavailable', title: 'Unavailable' },
  { on: ResponseType.INTEGRATION_TIMEOUT, status: 503, type: 'unavailable', title: 'Unavailable' },
  { on: ResponseType.DEFAULT_5XX, status: 500, type: 'internal', title: 'Internal error' },
];

/** Gives the API these answers. */
export function addGatewayProblems(api: RestApi): void {
  for (const problem of PROBLEMS) {
    api.addGatewayResponse(problem.on.responseType, {
      type: problem.on,
      statusCode: String(problem.status),
      responseHeaders: { 'Content-Type': "'application/problem+json'" },
      templates: { 'application/json': template(problem) },
    });
  }
}

/** JSON in which the gateway replaces its own variables; `messageString` comes with its quotes. */
function template({ status, type, title, detail }: GatewayProblem): string {
  const fixed = JSON.stringify({ type: PROBLEM_BASE + type, title, status }).slice(0, -1);
  const words = detail === undefined ? '$context.error.messageString' : JSON.stringify(detail);
  return `${fixed},"detail":${words},"correlationId":"$context.requestId"}`;
}
