/** The environment variables of the functions, as the runner gives them: only the endpoints differ from AWS. */
import { machineArn } from './aws/step-functions.ts';
import { LEADS_TABLE, ROSTER_TABLE } from '../lambdas/shared/tables.ts';

/**
 * @param database address of the database
 * @param services address of all other services
 */
export function environment(database: string, services: string): Record<string, string> {
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
  };
}
