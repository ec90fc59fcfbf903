/** Keys and indexes of the two tables: one description for CDK and for the embedded runner. */

export interface IndexDescription {
  name: string;
  partitionKey: string;
  sortKey: string;
  projection: 'KEYS_ONLY' | 'ALL';
}

export interface TableDescription {
  id: string;
  partitionKey: string;
  sortKey: string;
  indexes: IndexDescription[];
}

/**
 * Everything about leads. `pk = LEAD#<leadId>`; `sk` is `LEAD` for the lead itself, `TIMELINE#<at>#<entryId>`,
 * `SIGNAL#<at>#<digest of type and id>`, `ACTIVITY#<activityId>`, `RECORD#<type>#<recordId>`, `NOTICE#<noticeId>`.
 * A ticket lies alike: `pk = TICKET#<ticketId>`, `sk = TICKET`; in the index of pools it is under `CUSTOMER#<customerId>`,
 * by when a clock of it was due last. An outage is `pk = OUTAGE#<service>`, `sk = OUTAGE#<outageId>`.
 * A suppression has a partition for its subject: `pk = SUPPRESSION#<kind>-<keyed hash>`, `sk` the scenario.
 * What is open about a person has a partition for the person: `pk = CONSEQUENCE#<personId>`, `sk` is
 * `ITEM#<period>#<item>`, `COMPLIANCE#<month>` or `NOTICE#<noticeId>`.
 * The lead's `dueKey` is `<dueAt>#<leadId>`; `attention` is written only while the reconciler may have something to do.
 */
export const LEADS_TABLE: TableDescription = {
  id: 'Leads',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'byOwner', partitionKey: 'ownerKey', sortKey: 'dueKey', projection: 'KEYS_ONLY' },
    { name: 'byStatus', partitionKey: 'statusKey', sortKey: 'dueKey', projection: 'KEYS_ONLY' },
    { name: 'byPool', partitionKey: 'poolKey', sortKey: 'dueKey', projection: 'KEYS_ONLY' },
    { name: 'attention', partitionKey: 'attentionShard', sortKey: 'attentionAt', projection: 'KEYS_ONLY' },
  ],
};

/** People (`pk = PEOPLE`, `sk = PERSON#<personId>` or `VERSION`) and pools (`pk = POOL#<poolId>`, `sk = STATE`). */
export const ROSTER_TABLE: TableDescription = {
  id: 'Roster',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [],
};
