/** The lead's id is made from its identity in the CRM, so that the same record is the same lead wherever it is posted. */
import { createHash } from 'node:crypto';

/** `lead-` and 24 hexadecimal digits, from `crm.system` and `crm.recordId`. */
export function leadIdOf(crm: { system: string; recordId: string }): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([crm.system, crm.recordId]))
    .digest('hex');
  return `lead-${digest.slice(0, 24)}`;
}
