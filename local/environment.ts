/** The environment variables of the functions, as the runner gives them: only the endpoints differ from AWS. */
import { machineArn } from './aws/step-functions.ts';
import { LEADS_TABLE, ROSTER_TABLE } from '../lambdas/shared/tables.ts';

export interface Around {
  /** Address of the database, and of all other services. */
  database: string;
  services: string;
  /** Under which suppressed people are hashed. */
  secret: string;
  /** Whether name servers are asked if a domain takes mail. */
  mx: boolean;
}

export function environment({ database, services, secret, mx }: Around): Record<string, string> {
  return {
    ENVIRONMENT: 'local',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database,
    AWS_ENDPOINT_URL_SFN: services,
    AWS_ENDPOINT_URL_EVENTBRIDGE: services,
    AWS_ENDPOINT_URL_SES: services,
    LEADS_TABLE: LEADS_TABLE.id,
    ROSTER_TABLE: ROSTER_TABLE.id,
    EVENT_BUS_NAME: 'lead-sla',
    MAIL_FROM: 'lead-sla@example.com',
    CONFIGURATION_SET: 'lead-sla',
    MQL_RESPONSE_ARN: machineArn('mql-response'),
    COMMITMENT_CLOCK_ARN: machineArn('commitment-clock'),
    SUPPRESSION_SECRET: secret,
    MX_LOOKUP: mx ? 'on' : 'off',
  };
}
