/**
 * The metrics of the product, in CloudWatch's namespace `LeadSla`. One table for the functions that emit them and for
 * the alarms and dashboards that read them, so that no alarm waits for a name that nobody emits.
 *
 * Each combination of a name and its dimensions is a metric that CloudWatch charges for, hence the few dimensions.
 */

export const METRIC_NAMESPACE = 'LeadSla';
/** The dimension of every metric: several environments may live in one account. */
export const ENVIRONMENT = 'environment';

export interface MetricDescription {
  unit: 'Count' | 'Milliseconds' | 'Seconds';
  /** A further dimension. */
  by?: 'commitment' | 'rung' | 'machine';
  /** Whether it is also kept without its further dimension. */
  total?: true;
  means: string;
}

export const METRICS = {
  LeadsReceived: { unit: 'Count', means: 'Leads taken in that a CRM has qualified' },
  InquiriesReceived: { unit: 'Count', means: 'Inquiries taken in' },
  LeadsQualified: { unit: 'Count', means: 'Leads that the gate made MQLs' },
  LeadsHeld: { unit: 'Count', means: 'Leads held because Marketing has something to add' },
  LeadsAssigned: { unit: 'Count', means: 'Leads that got an owner' },
  LeadsReassigned: { unit: 'Count', means: 'Leads taken from one owner and given to another' },
  AssignmentTime: { unit: 'Milliseconds', means: 'From the arrival of a lead to its first owner' },
  NobodyAvailable: { unit: 'Count', means: 'Leads for which nobody was available at first' },
  UnassignedLeads: { unit: 'Count', means: 'Leads without an owner now' },
  OldestUnassigned: {
    unit: 'Seconds',
    means: 'How long the oldest of the leads without an owner has had none',
  },
  ClocksMet: { unit: 'Count', by: 'commitment', total: true, means: 'Clocks whose first verdict is met' },
  ClocksMissed: {
    unit: 'Count',
    by: 'commitment',
    total: true,
    means: 'Clocks whose first verdict is missed',
  },
  VerdictsTurned: { unit: 'Count', means: 'Missed clocks that turn out to have been met' },
  RungsClimbed: { unit: 'Count', by: 'rung', means: 'Rungs that had to be climbed' },
  TimerLateness: { unit: 'Milliseconds', by: 'machine', means: 'From the instant of a rung to its handling' },
  NoticesSent: { unit: 'Count', means: 'Mails sent' },
  NoticesHeld: { unit: 'Count', means: 'Mails held for the hours of their recipients' },
  NoticesFailed: { unit: 'Count', means: 'Mails given up' },
  EventsRefused: { unit: 'Count', means: 'Events that the bus refused after all retries' },
  EffectsLeftOwed: { unit: 'Count', means: 'Effects that could not be performed at once' },
  WorkflowFailures: { unit: 'Count', means: 'Steps that failed after all retries' },
  VersionConflicts: { unit: 'Count', means: 'Saves that somebody else was quicker than' },
  ReconcilerRuns: { unit: 'Count', means: 'Runs of the reconciler that came to their end' },
  LeadsFinished: { unit: 'Count', means: 'Leads at which the reconciler found something to finish' },
  RunsReplaced: { unit: 'Count', means: 'Executions that did not wake and were replaced' },
  LeadsWaiting: { unit: 'Count', means: 'Leads that wait for the reconciler, as many as it takes at a time' },
  OldestWaiting: { unit: 'Seconds', means: 'How long the oldest of them has waited' },
  SettlingRuns: { unit: 'Count', means: 'Runs of the settling of consequences that came to their end' },
  SettlingTime: { unit: 'Milliseconds', means: 'How long such a run took' },
  ItemsOpened: { unit: 'Count', means: 'Items about people that were opened, those of a diagnosis included' },
  ItemsTakenBack: { unit: 'Count', means: 'Items about people that were taken back' },
  ItemEffectsOwed: { unit: 'Count', means: 'Events and mails about items that a run has left owed' },
  HolidayDaysLeft: { unit: 'Count', means: 'Days until the public holidays of the policy end' },
} as const satisfies Record<string, MetricDescription>;

export type MetricName = keyof typeof METRICS;
