/** `GET /reports/partners/{partnerId}`: what a partner was promised for a month, and what was kept (policy book §3, §16). */
import { tallyOf } from '../../../core/consequences/tally.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { partnerMonths } from '../../../core/support/partners.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import type { LeadStore } from '../../shared/services.ts';
import { viewMonth } from '../views/month.ts';

/** Leads of one page, and of one report; what that costs is in decision 0029. */
const PAGE = 200;
const MOST_LEADS = 5000;

export const handler = apiHandler('get-partner-report', async ({ path, query, services, now }) => {
  const month = monthNamed(query.month, services.policy.home.timeZone);
  const { leads, read } = await leadsOf(services.leads, path.partnerId);
  const [found] = partnerMonths(services.policy, leads, month, now);
  const nothing = {
    ...{ partnerId: path.partnerId, complete: month.to <= now, leads: 0, promises: [] },
    ...{ completeness: tallyOf([]), creditPercent: 0 },
  };
  return { status: 200, body: { ...(found ?? nothing), month: viewMonth(month), leadsRead: read } };
});

/**
 * The leads of a partner, out of all leads page by page.
 * @throws Problem 422 beyond the bound: a credit of a part of the leads would be a wrong one
 */
async function leadsOf(
  store: Pick<LeadStore, 'list'>,
  partnerId: string,
): Promise<{ leads: Lead[]; read: number }> {
  const leads: Lead[] = [];
  let read = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list({}, PAGE, cursor);
    read += page.items.length;
    leads.push(...page.items.filter(({ partner }) => partner?.id === partnerId));
    cursor = page.cursor ?? undefined;
    if (cursor !== undefined && read >= MOST_LEADS) throw tooMany();
  } while (cursor !== undefined);
  return { leads, read };
}

function tooMany(): Problem {
  const detail = `There are more than ${MOST_LEADS} leads, the most that one report reads.`;
  return new Problem(422, 'too-many-leads', 'Too many leads for one report', detail);
}
