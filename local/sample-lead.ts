/** A lead to try the API with: a demo request of a company that is made up. */

/**
 * The body of `POST /v1/leads`.
 * @param at when it qualified, ISO 8601
 * @param recordId its id in the CRM, which is its identity
 */
export function sampleLead(at: string, recordId: string) {
  return {
    crm: { system: 'salesforce', recordId },
    qualifiedAt: at,
    source: 'demo_request',
    score: 82,
    contact: {
      ...{ firstName: 'Ada', lastName: 'Byron', email: 'ada@analytical.example', phone: '+1 617 555 0100' },
      ...{ title: 'VP Engineering', timeZone: 'America/New_York', country: 'US', region: 'MA' },
    },
    company: {
      name: 'Analytical Engines',
      domain: 'analytical.example',
      employees: 1200,
      industry: 'software',
    },
    signals: [{ type: 'demo_request', at }],
  };
}
