/** The REST API, made from the table of routes. */
import {
  AccessLogFormat,
  ApiKeySourceType,
  CfnRestApi,
  EndpointType,
  type IApiKey,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  type Model,
  Period,
  type RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BASE_PATH, type Route } from '../../lambdas/api/routes.ts';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';
import { removalPolicy } from '../removal-policy.ts';
import { bodyModel } from './body-model.ts';
import { Firewall } from './firewall.ts';
import { addGatewayProblems } from './gateway-problems.ts';

export interface LeadApiProps {
  settings: EnvironmentSettings;
  routes: readonly Route[];
  /** By the folder of the function. */
  functions: ReadonlyMap<string, IFunction>;
}

/** Answers above this size are compressed for whoever accepts it. */
const COMPRESS_ABOVE_BYTES = 1024;

export class LeadApi extends Construct {
  readonly api: RestApi;
  readonly key: IApiKey;

  constructor(scope: Construct, { settings, routes, functions }: LeadApiProps) {
    super(scope, 'Api');
    const name = physicalName(settings.name, 'api');
    const throttlingRateLimit = settings.api.requestsPerSecond;
    const throttlingBurstLimit = settings.api.burst;
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/apigateway/${name}`,
      retention: settings.logRetention,
      removalPolicy: removalPolicy(settings),
    });
    this.api = new RestApi(this, 'RestApi', {
      restApiName: name,
      description: `lead-sla ${settings.name}: leads, activities and people.`,
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.HEADER,
      minCompressionSize: Size.bytes(COMPRESS_ABOVE_BYTES),
      cloudWatchRole: true,
      // The account has one such role for all its APIs, so it must not go when one of them does.
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: BASE_PATH.replace('/', ''),
        throttlingRateLimit,
        throttlingBurstLimit,
        tracingEnabled: true,
        // Those of the whole stage are for nothing and suffice; those of each method cost more than all else here, and
        // the access log has route, status and latency of every request.
        metricsEnabled: false,
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: AccessLogFormat.custom(ACCESS_LOG),
      },
    });
    refuseOldTls(this.api);
    addGatewayProblems(this.api);
    acknowledgeFindings(this.api, settings);
    const validator = this.api.addRequestValidator('Validator', {
      requestValidatorName: 'body-and-parameters',
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    for (const route of routes) this.addRoute(route, functions, validator);
    this.key = this.api.addApiKey('Key', { apiKeyName: physicalName(settings.name, 'crm') });
    const plan = this.api.addUsagePlan('Plan', {
      name: physicalName(settings.name, 'crm'),
      throttle: { rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit },
      quota: { limit: settings.api.requestsPerDay, period: Period.DAY },
    });
    plan.addApiStage({ stage: this.api.deploymentStage });
    plan.addApiKey(this.key);
    if (settings.api.firewall) new Firewall(this, settings, this.api);
  }

  private addRoute(
    route: Route,
    functions: ReadonlyMap<string, IFunction>,
    requestValidator: RequestValidator,
  ): Method {
    const handler = functions.get(route.name);
    if (handler === undefined) throw new Error(`No function ${route.name} for ${route.method} ${route.path}`);
    const { path, query, body } = route.request;
    const parameters = [
      ...Object.keys(path?.shape ?? {}).map((field) => [`method.request.path.${field}`, true] as const),
      ...Object.keys(query?.shape ?? {}).map(
        (field) => [`method.request.querystring.${field}`, false] as const,
      ),
    ];
    return this.api.root
      .resourceForPath(route.path)
      .addMethod(route.method, new LambdaIntegration(handler, { allowTestInvoke: false }), {
        operationName: route.name,
        apiKeyRequired: true,
        requestValidator,
        requestParameters: Object.fromEntries(parameters),
        ...(body === undefined
          ? {}
          : { requestModels: { 'application/json': this.model(route.name, body) } }),
      });
  }

  private model(name: string, body: NonNullable<Route['request']['body']>): Model {
    const modelName = name.replaceAll('-', '');
    return this.api.addModel(`${name}-body`, {
      modelName,
      contentType: 'application/json',
      description: `The body of ${name}.`,
      schema: bodyModel(modelName, body),
    });
  }
}

/** TLS 1.2 with forward secrecy, or 1.3; left alone, the address that AWS gives would still take TLS 1.0. */
function refuseOldTls(api: RestApi): void {
  for (const resource of api.node.children) {
    if (!(resource instanceof CfnRestApi)) continue;
    resource.securityPolicy = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
    resource.endpointAccessMode = 'STRICT';
  }
}

function acknowledgeFindings(api: RestApi, settings: EnvironmentSettings): void {
  if (!settings.api.firewall) {
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG3',
      reason:
        'Key, throttling and quota limit the callers; this environment does without the price of a firewall.',
    });
  }
  Validations.of(api).acknowledge(
    {
      id: 'AwsSolutions-APIG4',
      reason:
        'The callers are a CRM and a dialler, not people: each method asks for an API key of the usage plan.',
    },
    { id: 'AwsSolutions-COG4', reason: 'No person signs in to this API, so there is no user pool to ask.' },
    {
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${LOGGING_POLICY}]`,
      reason:
        'API Gateway writes its logs with one role for the account, for which AWS provides this policy.',
    },
  );
}

const LOGGING_POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/** Who asked for what and what came of it; no body, no address of a person. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
  apiKeyId: '$context.identity.apiKeyId',
  error: '$context.error.responseType',
});
