/** Leads to post, each with an id of its own. */
import { randomUUID } from 'node:crypto';

/** Friday morning in New York: everybody of the sample people in America is at work. */
export const FRIDAY = '2026-11-20T15:00:00.000Z';

/** A request for `POST /v1/leads`, about 600 bytes. */
export function leadBody(source: string, qualifiedAt: string, recordId: string = randomUUID()): object {
  return {
    crm: { system: 'bench', recordId },
    ...{ qualifiedAt, source },
    contact: {
      ...{
        firstName: 'Ada',
        lastName: 'Byron',
        email: 'ada.byron@widgets.example',
        phone: '+1 617 555 0100',
      },
      ...{ title: 'VP Engineering', timeZone: 'America/New_York', country: 'US', region: 'MA' },
    },
    company: { name: 'Widgets', domain: 'widgets.example', employees: 1200, industry: 'software' },
    signals: [{ type: source, at: qualifiedAt }],
  };
}
