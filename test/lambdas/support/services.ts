/** Services on the tables of a test; what the test does not name fails when it is used. */
import type { Effect } from '../../../core/model/effects.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { keyedHash } from '../../../lambdas/shared/keyed-hash.ts';
import { noMetrics } from '../../../lambdas/shared/metrics.ts';
import { useServices, type Services } from '../../../lambdas/shared/services.ts';
import { dynamoConsequences } from '../../../lambdas/shared/stores/consequences.ts';
import { dynamoLeads } from '../../../lambdas/shared/stores/leads.ts';
import { dynamoNotices } from '../../../lambdas/shared/stores/notices.ts';
import { dynamoOutages } from '../../../lambdas/shared/stores/outages.ts';
import { dynamoPools } from '../../../lambdas/shared/stores/pools.ts';
import { dynamoRoster } from '../../../lambdas/shared/stores/roster.ts';
import { dynamoSuppressions } from '../../../lambdas/shared/stores/suppressions.ts';
import { dynamoTickets } from '../../../lambdas/shared/stores/tickets.ts';
import { LEADS, ROSTER, type Tables } from './tables.ts';

type Event = Extract<Effect, { kind: 'event' }>;

export interface TestServices extends Services {
  published: Event[];
  logged: { message: string; fields: Record<string, unknown> | undefined }[];
  now: number;
}

/** Puts services in place that work on these tables at this instant. */
export function serve(tables: Tables, policy: CompiledPolicy, now: number): TestServices {
  const published: Event[] = [];
  const logged: TestServices['logged'] = [];
  const write = (message: string, fields?: Record<string, unknown>) => void logged.push({ message, fields });
  const clock = { now: () => services.now };
  const services: TestServices = {
    now,
    clock,
    policy,
    published,
    logged,
    leads: dynamoLeads({ client: tables.client, table: LEADS, policy, clock }),
    tickets: dynamoTickets({ client: tables.client, table: LEADS, policy, clock }),
    outages: dynamoOutages(tables.client, LEADS),
    roster: dynamoRoster(tables.client, ROSTER),
    pools: dynamoPools(tables.client, ROSTER),
    notices: dynamoNotices(tables.client, LEADS, policy),
    mailer: { send: () => Promise.resolve('m-1') },
    events: { publish: (events) => Promise.resolve(void published.push(...events)) },
    executions: {
      start: ({ machine, name }) => Promise.resolve(`arn:execution:${machine}:${name}`),
      arn: (machine, name) => `arn:execution:${machine}:${name}`,
    },
    suppressions: dynamoSuppressions(
      tables.client,
      LEADS,
      keyedHash(() => Promise.resolve('the secret of all tests')),
    ),
    consequences: dynamoConsequences(tables.client, LEADS, policy),
    mx: () => Promise.resolve('unknown'),
    log: { info: write, warn: write, error: write },
    metrics: noMetrics,
  };
  useServices(services);
  return services;
}
