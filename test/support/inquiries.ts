/** Inquiries, by the functions that take them: somebody who passes every criterion unless a test takes something away. */
import { inspect } from 'node:util';
import { epochMs, iso } from '../../core/time.ts';
import type { InquiryView } from '../../lambdas/api/schemas/inquiry.ts';
import { handler as getInquiry } from '../../lambdas/api/get-inquiry/handler.ts';
import { handler as putSuppression } from '../../lambdas/api/put-suppression/handler.ts';
import { handler as recordSignals } from '../../lambdas/api/record-signals/handler.ts';
import { handler as reviewInquiry } from '../../lambdas/api/review-inquiry/handler.ts';
import { handler as submitInquiry } from '../../lambdas/api/submit-inquiry/handler.ts';
import { handler as updateLead } from '../../lambdas/api/update-lead/handler.ts';
import { services, useServices, type Services } from '../../lambdas/shared/services.ts';
import { ask, type Answered } from './flow.ts';
import type { Backend } from './services.ts';

export type Change = Record<string, unknown>;

/** Her fit gives 55 points of the default policy: five short of an MQL, and in the review band. */
export const CONTACT = {
  firstName: 'Ada',
  lastName: 'Byron',
  email: 'ada.byron@analytical.example',
  phone: '+1 617 555 0142',
  title: 'VP Engineering',
  country: 'US',
  region: 'MA',
};
export const COMPANY = {
  name: 'Analytical Engines',
  domain: 'analytical.example',
  employees: 1200,
  industry: 'software',
};
/** What is hers, or her company's, alone. */
export const PERSONAL = /ada\.|byron|analytical|617.?555|VP Eng/i;

export function without(field: keyof typeof CONTACT): Change {
  return Object.fromEntries(Object.entries(CONTACT).filter(([name]) => name !== field));
}

/** Done a minute ago, unless an instant is given. */
export function signal(backend: Backend, type: string, id = type, at?: string): Change {
  return { id, type, at: at ?? iso(epochMs(backend.now()) - 60_000) };
}

export function inquiry(backend: Backend, change: Change = {}): Change {
  return {
    crm: { system: 'hubspot', recordId: backend.recordId },
    contact: CONTACT,
    company: COMPANY,
    ...change,
  };
}

export function inquire(backend: Backend, change: Change = {}): Promise<Answered<InquiryView>> {
  return ask<InquiryView>(submitInquiry, { body: inquiry(backend, change) });
}

export function tell(inquiryId: string, ...signals: Change[]): Promise<Answered<InquiryView>> {
  return ask<InquiryView>(recordSignals, { path: { inquiryId }, body: { signals } });
}

export function read(inquiryId: string): Promise<Answered<InquiryView>> {
  return ask<InquiryView>(getInquiry, { path: { inquiryId } });
}

export function answer(inquiryId: string, change: Change = {}): Promise<Answered<InquiryView>> {
  const body = { decision: 'accept', by: 'mona', reason: 'Known from the fair.', ...change };
  return ask<InquiryView>(reviewInquiry, { path: { inquiryId }, body });
}

export function update(leadId: string, body: Change) {
  return ask(updateLead, { path: { leadId }, body });
}

export async function suppress(change: Change): Promise<void> {
  const body = { scenario: 'cadence_exhausted', reason: 'Nobody answered.', by: 'olive', ...change };
  const { status, body: told } = await ask(putSuppression, { body });
  if (status !== 200) throw new Error(JSON.stringify(told));
}

/** From now on, until the next container, the functions work with something else. */
export async function change(backend: Backend, other: Partial<Services>): Promise<void> {
  backend.services = { ...(await services()), ...other };
  useServices(backend.services);
}

/** All that has left the functions but for mails: events, inputs of executions, logs, timeline, records, metrics. */
export async function told(backend: Backend): Promise<string> {
  const items = await backend.leadItems();
  const beside = items.filter(({ sk }) => !/^(?:LEAD|SIGNAL#)/.test(String(sk)));
  const { events, started, logged, metrics } = backend;
  return JSON.stringify([events, [...started], logged, metrics.measured, beside]);
}

/** From now on, until the next container, the log keeps all that it is given, and not the messages alone. */
export async function logAll(backend: Backend): Promise<void> {
  const write = (message: string, fields?: object) => void backend.logged.push(inspect([message, fields]));
  await change(backend, { log: { info: write, warn: write, error: write } });
}

/** The first of her values that stands in a text; undefined if none does. */
export function personalIn(text: string): string | undefined {
  return PERSONAL.exec(text)?.[0];
}
