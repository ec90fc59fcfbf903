/**
 * AWS list prices in US dollars: us-east-1, from the price pages of the services (aws.amazon.com/<service>/pricing) as
 * of July 2025, on demand, without free tiers, taxes or discounts. Change them here.
 */
export const PRICES_FROM = 'list prices of us-east-1, AWS price pages, July 2025, no free tier';

export const PRICES = {
  stateTransition: { each: 0.025 / 1000, what: 'Step Functions, standard workflow, per state transition' },
  invocation: { each: 0.2 / 1e6, what: 'Lambda, per request' },
  gbSecond: { each: 0.0000133334, what: 'Lambda on arm64, per GB-second' },
  apiRequest: { each: 3.5 / 1e6, what: 'API Gateway, REST API, per request' },
  writeUnit: { each: 0.625 / 1e6, what: 'DynamoDB on demand, per write request unit' },
  readUnit: { each: 0.125 / 1e6, what: 'DynamoDB on demand, per read request unit' },
  event: { each: 1 / 1e6, what: 'EventBridge, per custom event' },
  mail: { each: 0.1 / 1000, what: 'SES, per mail' },
} as const;

/**
 * What is charged by the month whether leads come or not, and what is charged by the amount of logs and traces. The
 * same source and date as above.
 */
export const MONTHLY = {
  alarmMetric: { each: 0.1, what: 'CloudWatch alarms, per metric that they look at' },
  dashboard: { each: 3, what: 'CloudWatch dashboards' },
  ownMetric: { each: 0.3, what: 'CloudWatch metrics of the product, where every commitment and rung occurs' },
  apiMetric: { each: 0.3, what: 'CloudWatch metrics of API Gateway, five for each method' },
  firewall: { each: 5, what: 'WAF, web ACL' },
  firewallRule: { each: 1, what: 'WAF, per rule or group of rules' },
  key: { each: 1, what: 'KMS, customer managed key' },
  ownSecret: { each: 0.4, what: 'Secrets Manager, the key of suppressed people' },
  secret: { each: 0.4, what: 'Secrets Manager, secrets that the settings name' },
  reconcilerRun: {
    each: 0.2 / 1e6 + 0.05 * 0.0000133334,
    what: 'Lambda, the reconciler every minute (100 ms of 512 MB)',
  },
  reconcilerTrace: { each: 5 / 1e6, what: 'X-Ray, a trace of each of those' },
} as const;

export type Monthly = keyof typeof MONTHLY;

/** Per gigabyte and per trace. */
export const BY_VOLUME = {
  logGigabyte: { each: 0.5, what: 'CloudWatch Logs, per GB taken in' },
  trace: { each: 5 / 1e6, what: 'X-Ray, per trace' },
  firewallRequest: { each: 0.6 / 1e6, what: 'WAF, per request' },
} as const;

export type Priced = keyof typeof PRICES;

/** What an amount of each costs, in dollars. */
export function priceOf(amounts: Record<Priced, number>): number {
  return Object.entries(PRICES).reduce((sum, [name, { each }]) => sum + each * amounts[name as Priced], 0);
}
