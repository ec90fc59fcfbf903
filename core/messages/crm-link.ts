/** The way from a message to the lead in its CRM. */
import type { Lead } from '../model/lead.ts';

/** Pages that a system shows for a record id; undefined where the id alone does not lead there. */
const KNOWN_SYSTEMS: Record<string, (recordId: string) => string | undefined> = {
  // The log-in page sends on to the record in the user's own instance.
  salesforce: (recordId) =>
    /^[A-Za-z0-9]{15,18}$/.test(recordId) ? `https://login.salesforce.com/${recordId}` : undefined,
  // A HubSpot page needs the account too: given as `<account>/<contact>`.
  hubspot: (recordId) => {
    const [, account, contact] = /^(\d+)\/(\d+)$/.exec(recordId) ?? [];
    return account === undefined || contact === undefined
      ? undefined
      : `https://app.hubspot.com/contacts/${account}/record/0-1/${contact}`;
  },
};

/** An http(s) address without user name and password, normalised; undefined for anything else. */
export function webAddress(text: string): string | undefined {
  if (text.length > 2000 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined;
}

/** The address of the lead in its CRM, or undefined if there is none that can be trusted to be one. */
export function crmLink(crm: Lead['crm']): string | undefined {
  const given = crm.url === undefined ? undefined : webAddress(crm.url);
  const system = crm.system.toLowerCase();
  const known = Object.hasOwn(KNOWN_SYSTEMS, system) ? KNOWN_SYSTEMS[system] : undefined;
  return given ?? known?.(crm.recordId);
}
