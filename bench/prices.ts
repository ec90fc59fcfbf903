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

export type Priced = keyof typeof PRICES;

/** What an amount of each costs, in dollars. */
export function priceOf(amounts: Record<Priced, number>): number {
  return Object.entries(PRICES).reduce((sum, [name, { each }]) => sum + each * amounts[name as Priced], 0);
}
