/** Environments that the tests make up: the real ones with everything switched on, two in one account. */
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';
import { SALESFORCE_FIELDS } from '../support/salesforce.ts';

const prod = ENVIRONMENTS.find(({ name }) => name === 'prod')!;

const everything: EnvironmentSettings = {
  ...prod,
  slack: {
    channel: 'C0123456789',
    tokenSecret: 'lead-sla/slack',
    facts: ['SlaBreached', 'IncidentOpened', 'NobodyAvailable', 'WorkflowFailed'],
  },
  crm: {
    system: 'salesforce',
    endpoint: 'https://example.my.salesforce.com/services/data/v64.0/sobjects/Lead/*',
    method: 'PATCH',
    tokenSecret: 'lead-sla/salesforce',
    oauth: {
      tokenEndpoint: 'https://example.my.salesforce.com/services/oauth2/token',
      clientId: 'client-of-lead-sla',
    },
    fields: SALESFORCE_FIELDS,
  },
};

export const ONE: EnvironmentSettings = { ...everything, name: 'one' };
/** The longest name there may be. Its CRM wants another form. */
export const OTHER: EnvironmentSettings = {
  ...everything,
  name: 'twelve-chars',
  crm: {
    ...everything.crm!,
    system: 'hubspot',
    endpoint: 'https://api.hubapi.com/crm/v3/objects/contacts/*',
    tokenSecret: 'lead-sla/hubspot',
    under: 'properties',
    noValue: '',
  },
};
delete (OTHER.crm as { oauth?: unknown }).oauth;
