/** Every environment, in one place. An environment is a set of stacks that shares nothing with the others. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export interface EnvironmentSettings {
  /** Part of every physical name, so that several environments may live in one account. */
  name: 'dev' | 'staging' | 'prod';
  /** Left out: wherever the credentials of the deployment point to. */
  account?: string;
  region?: string;
  /** The SLA that this environment enforces, relative to the project. */
  policyFile: string;
  /** Sender of all mails; its domain has to be a verified identity of SES in the account. */
  sender: string;
  /** Whether tables, bus and logs outlive the stack, and tables refuse to be deleted. */
  keepData: boolean;
  logRetention: RetentionDays;
  /** Days for which events can be replayed from the archive. */
  eventArchiveDays: number;
  logLevel: 'DEBUG' | 'INFO';
  api: {
    /** Requests per second, sustained and in a burst, for the whole API and for its key. */
    requestsPerSecond: number;
    burst: number;
    requestsPerDay: number;
  };
}

const DEFAULT_POLICY = 'policy/default.yaml';

export const ENVIRONMENTS: readonly EnvironmentSettings[] = [
  {
    name: 'dev',
    policyFile: DEFAULT_POLICY,
    sender: 'sla@dev.example.com',
    keepData: false,
    logRetention: RetentionDays.ONE_WEEK,
    eventArchiveDays: 7,
    logLevel: 'DEBUG',
    api: { requestsPerSecond: 20, burst: 40, requestsPerDay: 20_000 },
  },
  {
    name: 'staging',
    policyFile: DEFAULT_POLICY,
    sender: 'sla@staging.example.com',
    keepData: false,
    logRetention: RetentionDays.ONE_MONTH,
    eventArchiveDays: 14,
    logLevel: 'INFO',
    api: { requestsPerSecond: 100, burst: 200, requestsPerDay: 500_000 },
  },
  {
    name: 'prod',
    policyFile: DEFAULT_POLICY,
    sender: 'sla@example.com',
    keepData: true,
    logRetention: RetentionDays.ONE_YEAR,
    eventArchiveDays: 90,
    logLevel: 'INFO',
    api: { requestsPerSecond: 100, burst: 200, requestsPerDay: 1_000_000 },
  },
];
