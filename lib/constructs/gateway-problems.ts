/** What API Gateway refuses by itself, in the form of every other refusal: `application/problem+json` (RFC 9457). */
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { GATEWAY_PROBLEMS, type GatewayProblem } from '../../lambdas/api/gateway-problems.ts';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';

/** Gives the API these answers. */
export function addGatewayProblems(api: RestApi): void {
  for (const [on, problem] of Object.entries<GatewayProblem>(GATEWAY_PROBLEMS)) {
    api.addGatewayResponse(on, {
      type: ResponseType.of(on),
      statusCode: String(problem.status),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(problem.retryAfterS === undefined ? {} : { 'Retry-After': `'${problem.retryAfterS}'` }),
      },
      templates: { 'application/json': template(problem) },
    });
  }
}

/** JSON in which the gateway replaces its own variables; `messageString` comes with its quotes. */
function template({ status, type, title, detail, errors }: GatewayProblem): string {
  const fixed = JSON.stringify({ type: PROBLEM_BASE + type, title, status, errors }).slice(0, -1);
  const words = detail === undefined ? '$context.error.messageString' : JSON.stringify(detail);
  return `${fixed},"detail":${words},"correlationId":"$context.requestId"}`;
}
