/**
 * What an event takes along for systems outside, in their own form: a sentence for a channel, the body of a request to
 * the CRM. It is made here because a rule of EventBridge can only pick parts of an event: it has no rule for a value
 * that is null, and does not escape what it puts into a text (decision 0012).
 */
import type { CrmValues } from './schemas.ts';
import { isDetailType } from './schemas.ts';
import { sentenceOf } from './sentence.ts';

/** What an environment sends outside. Nothing, where both are left out. */
export interface OutboundSettings {
  /** Detail types that are told as a sentence. */
  facts?: readonly string[] | undefined;
  crm?: CrmNames | undefined;
}

export interface CrmNames {
  /** Value of `crm.system` of the leads that belong to this CRM. */
  system: string;
  /** Key that holds the fields; left out: they are at the top of the body. */
  under?: string | undefined;
  /** What the CRM calls each of the seven fields (policy book, §17). */
  fields: Readonly<Record<Exclude<keyof CrmValues, 'revision'>, string>>;
  /** What the CRM calls the number that counts up with each change of a lead; left out: it is not sent. */
  revision?: string | undefined;
  /** What the CRM takes for a field without a value: null, or the empty text. */
  noValue?: '' | undefined;
}

export interface Outbound {
  sentence?: string;
  crm?: {
    /** Ready for the path of an address. */
    recordId: string;
    /** The body of the request, complete. */
    body: Record<string, unknown>;
  };
}

/** What the event takes along, or undefined if it leaves for nowhere. */
export function outboundOf(
  settings: OutboundSettings,
  detailType: string,
  data: Readonly<Record<string, unknown>>,
): Outbound | undefined {
  const told = isDetailType(detailType) && settings.facts?.includes(detailType) === true;
  const crm = settings.crm === undefined ? undefined : writeBack(settings.crm, data);
  if (!told && crm === undefined) return undefined;
  return {
    ...(told && { sentence: sentenceOf(detailType, data) }),
    ...(crm !== undefined && { crm }),
  };
}

function writeBack(names: CrmNames, data: Readonly<Record<string, unknown>>): Outbound['crm'] {
  const { crmSystem, crmRecordId: id, crm: values } = data;
  if (crmSystem !== names.system || typeof values !== 'object' || values === null) return undefined;
  // An id of dots would lead to another address, and nothing can encode it.
  if (typeof id !== 'string' || /^\.*$/.test(id)) return undefined;
  return { recordId: encodeURIComponent(id), body: bodyOf(names, new Map(Object.entries(values))) };
}

function bodyOf(
  { under, fields, revision, noValue }: CrmNames,
  values: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const names = Object.entries({ ...fields, ...(revision !== undefined && { revision }) });
  const body = Object.fromEntries(names.map(([field, name]) => [name, values.get(field) ?? noValue ?? null]));
  return under === undefined ? body : { [under]: body };
}
