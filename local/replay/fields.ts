/** The fields of `POST /v1/leads` that a mapping can fill, by their path, and what kind of value each one takes. */

export const LEAD_FIELDS = {
  'crm.system': 'text',
  'crm.recordId': 'text',
  'crm.url': 'text',
  qualifiedAt: 'text',
  source: 'text',
  score: 'number',
  'contact.firstName': 'text',
  'contact.lastName': 'text',
  'contact.email': 'text',
  'contact.phone': 'text',
  'contact.title': 'text',
  'contact.timeZone': 'text',
  'contact.country': 'text',
  'contact.region': 'text',
  'company.name': 'text',
  'company.domain': 'text',
  'company.employees': 'number',
  'company.annualRevenueUsd': 'number',
  'company.industry': 'text',
  'partner.id': 'text',
} as const;

export type LeadField = keyof typeof LEAD_FIELDS;

/** Whether a path is one of the fields above. */
export function isLeadField(path: string): path is LeadField {
  return Object.hasOwn(LEAD_FIELDS, path);
}

/** Without these there is no lead. */
export const REQUIRED_FIELDS = ['crm.system', 'crm.recordId', 'qualifiedAt', 'source'] as const;

/** Puts a value at a path like `contact.email` of a request's body. */
export function put(body: Record<string, unknown>, path: string, value: string | number): void {
  const [head = '', tail] = path.split('.', 2);
  if (tail === undefined) {
    body[head] = value;
    return;
  }
  const part = body[head];
  if (part !== null && typeof part === 'object') Object.assign(part, { [tail]: value });
  else body[head] = { [tail]: value };
}
