/** Every environment, in one place. An environment is a set of stacks that shares nothing with the others. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { CrmNames } from '../core/events/outbound.ts';

export interface EnvironmentSettings {
  /**
   * At most 12 lower-case letters, digits and hyphens, a letter first. Part of every physical name, so that several
   * environments may live in one account.
   */
  name: string;
  /** Left out: wherever the credentials of the deployment point to. */
  account?: string;
  region?: string;
  /** The SLA that this environment enforces, relative to the project. */
  policyFile: string;
  /** Sender of all mails; its domain has to be a verified identity of SES in the account. */
  sender: string;
  /**
   * Whether what holds data outlives its stack: tables, which then also refuse to be deleted, bus, archive, logs and
   * events that nobody took. The stacks themselves are protected from termination.
   */
  keepData: boolean;
  logRetention: RetentionDays;
  /** Days for which events can be replayed from the archive; left out: there is no archive. */
  eventArchiveDays?: number;
  logLevel: 'DEBUG' | 'INFO';
  /** Whether the gate asks name servers if the domain of an address takes mail. Off: it is noted as not known. */
  mxLookup: boolean;
  api: {
    /** Requests per second, sustained and in a burst, for the whole API and for its key. */
    requestsPerSecond: number;
    burst: number;
    requestsPerDay: number;
    /** Whether a firewall (AWS WAF) stands before the API. */
    firewall: boolean;
  };
  /**
   * Names of tables that have been restored from a backup and stand in for those that the stack has made
   * (docs/runbook/restore-a-table.md). Left out: the stack's own.
   */
  restoredTables?: { leads?: string; roster?: string };
  /** Who gets a mail when an alarm changes its state. Left out: alarms are seen in the console alone. */
  alarmEmail?: string;
  /** Leaves out the alarms that calculate with several metrics, for an engine that cannot. */
  plainAlarmsOnly?: true;
  /** Facts that are told in a Slack channel. Left out: none. */
  slack?: SlackSettings;
  /** Where the seven SLA fields of a lead are written back to when they change. Left out: nowhere. */
  crm?: CrmSettings;
}

export interface SlackSettings {
  /** Channel id, such as C0123456789. */
  channel: string;
  /**
   * Name of the secret in AWS Secrets Manager that holds the whole value of the header `Authorization`: `Bearer xoxb-…`.
   * It has to be there before the environment is deployed; a new value is taken over with the next change of the secret's
   * name here, for EventBridge keeps a copy of its own.
   */
  tokenSecret: string;
  /** Detail types of the events that are told, such as `SlaBreached`. */
  facts: readonly string[];
}

export interface CrmSettings {
  /** Value of `crm.system` of the leads that belong to this CRM. */
  system: string;
  /** Address of a record, with `*` in place of its id: `https://example.my.salesforce.com/services/data/v64.0/sobjects/Lead/*`. */
  endpoint: string;
  method: 'PATCH' | 'PUT' | 'POST';
  /**
   * Name of the secret in AWS Secrets Manager. It holds the whole value of the header `Authorization`: `Bearer …`; with
   * `oauth`, the client's secret.
   */
  tokenSecret: string;
  /** For a CRM whose tokens expire, such as Salesforce: EventBridge fetches them by the client credentials flow. */
  oauth?: { tokenEndpoint: string; clientId: string };
  /** Key under which the CRM expects the fields, such as HubSpot's `properties`; left out: at the top of the body. */
  under?: string;
  /** What the CRM takes for a field without a value; left out: null. HubSpot wants the empty text. */
  noValue?: '';
  /** What the CRM calls the number that counts up with each change of a lead; left out: it is not sent. */
  revision?: string;
  /** What the CRM calls each of the seven fields (policy book, §17). */
  fields: CrmNames['fields'];
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
    mxLookup: true,
    api: { requestsPerSecond: 20, burst: 40, requestsPerDay: 20_000, firewall: false },
  },
  {
    name: 'staging',
    policyFile: DEFAULT_POLICY,
    sender: 'sla@staging.example.com',
    keepData: false,
    logRetention: RetentionDays.ONE_MONTH,
    eventArchiveDays: 14,
    logLevel: 'INFO',
    mxLookup: true,
    api: { requestsPerSecond: 100, burst: 200, requestsPerDay: 500_000, firewall: false },
  },
  {
    name: 'prod',
    policyFile: DEFAULT_POLICY,
    sender: 'sla@example.com',
    keepData: true,
    logRetention: RetentionDays.ONE_YEAR,
    eventArchiveDays: 90,
    logLevel: 'INFO',
    mxLookup: true,
    api: { requestsPerSecond: 100, burst: 200, requestsPerDay: 1_000_000, firewall: true },
    alarmEmail: 'lead-sla-alarms@example.com',
  },
  {
    // For the acceptance suite: deployed to an emulator on this machine, or to an account that is thrown away. It has
    // no event archive, no firewall, no Slack and no CRM, for the emulator cannot create archives, the association of
    // a firewall, connections and API destinations, a policy with targets of seconds, and asks no name servers.
    name: 'e2e',
    policyFile: 'policy/e2e.yaml',
    sender: 'sla@e2e.example.com',
    keepData: false,
    logRetention: RetentionDays.ONE_DAY,
    logLevel: 'INFO',
    mxLookup: false,
    api: { requestsPerSecond: 500, burst: 1000, requestsPerDay: 1_000_000, firewall: false },
    alarmEmail: 'alarms@e2e.example.com',
    plainAlarmsOnly: true,
  },
];
