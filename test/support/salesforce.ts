/** What a Salesforce calls the seven fields (policy book, §17). */
import type { CrmNames } from '../../core/events/outbound.ts';

export const SALESFORCE_FIELDS: CrmNames['fields'] = {
  slaStart: 'SLA_Start__c',
  slaDue: 'SLA_Due__c',
  slaStatus: 'SLA_Status__c',
  priority: 'SLA_Priority__c',
  firstContact: 'SLA_First_Contact__c',
  attempts: 'SLA_Attempts__c',
  breachReason: 'SLA_Breach_Reason__c',
};
