/** The functions that are deployed: what each one is given, and what it may do. */
import { type RouteName, ROUTES } from '../lambdas/api/routes.ts';

/** What a function may do with a table; each is allowed on that table and its indexes alone. */
export type TableAction =
  | 'dynamodb:GetItem'
  | 'dynamodb:BatchGetItem'
  | 'dynamodb:Query'
  | 'dynamodb:BatchWriteItem'
  | 'dynamodb:PutItem'
  | 'dynamodb:UpdateItem'
  | 'dynamodb:DeleteItem';

export interface Grants {
  leads: readonly TableAction[];
  roster: readonly TableAction[];
  /**
   * Put events on the bus, send mails as the sender of the environment, start executions of both state machines; `tell`:
   * without the executions.
   */
  effects: boolean | 'tell';
}

export interface FunctionSpec {
  /** Where the handler lies: `lambdas/<group>/<folder>/handler.ts`. */
  group: 'api' | 'workflow' | 'schedule';
  /** The name of the function; unique among all groups. */
  folder: string;
  memoryMb: number;
  timeoutSeconds: number;
  grants: Grants;
  /** Evaluates the gate: brings the lists of mail domains, and may ask name servers whether a domain takes mail. */
  gate?: true;
  /** Tells a company's domain from a free mailbox, with no other part of the gate: brings the lists of mail domains. */
  mailDomains?: true;
  /** Knows a telephone number, with no other part of the gate: brings the numbering plans of the world. */
  telephones?: true;
  /** Recognizes people who are suppressed: may read the secret of their keyed hashes. */
  suppression?: true;
}

const READS_ROSTER = ['dynamodb:GetItem', 'dynamodb:Query'] as const;
const WRITES_ROSTER = [...READS_ROSTER, 'dynamodb:PutItem'] as const;
const NONE = { leads: [], roster: [], effects: false } as const;
/** A decision is saved with the effects that it owes, and these are performed at once. */
const DECIDES: Grants = {
  leads: [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:UpdateItem',
  ],
  roster: READS_ROSTER,
  effects: true,
};
/** Also draws owners, and so writes the states of pools: any rung may reassign, if the policy says so. */
const DRAWS: Grants = { ...DECIDES, roster: WRITES_ROSTER };

const API_GRANTS: Record<RouteName, Grants> = {
  'submit-lead': DECIDES,
  'get-lead': { ...NONE, leads: ['dynamodb:GetItem'] },
  'list-leads': { ...NONE, leads: ['dynamodb:Query', 'dynamodb:BatchGetItem'] },
  'get-timeline': { ...NONE, leads: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'record-activity': DECIDES,
  'pause-lead': DECIDES,
  'resume-lead': DECIDES,
  'extend-lead': DECIDES,
  'reassign-lead': DRAWS,
  'accept-lead': DECIDES,
  // A turn may be owed to whoever gives a lead back, be it an SDR or an AE.
  'reject-lead': DRAWS,
  // Once the briefing is complete an AE is drawn.
  'promote-lead': DRAWS,
  'write-briefing': DRAWS,
  'record-introduction': DECIDES,
  'ae-accept-lead': DECIDES,
  'ae-reject-lead': DRAWS,
  'arbitrate-lead': DECIDES,
  'sign-discovery-delay': DECIDES,
  'resolve-rejection': DECIDES,
  'tell-fact': DECIDES,
  'dispose-lead': DECIDES,
  'update-lead': DECIDES,
  // What is deleted goes in batches.
  'erase-personal-data': DECIDES,
  'submit-inquiry': DECIDES,
  'get-inquiry': { ...NONE, leads: ['dynamodb:GetItem', 'dynamodb:Query'], roster: READS_ROSTER },
  'record-signals': DECIDES,
  'review-inquiry': DECIDES,
  'get-opportunity': { ...NONE, leads: ['dynamodb:GetItem'] },
  'update-opportunity': DECIDES,
  'book-meeting': DECIDES,
  'get-meeting': { ...NONE, leads: ['dynamodb:GetItem'] },
  'update-meeting': DECIDES,
  'submit-ticket': DECIDES,
  'get-ticket': { ...NONE, leads: ['dynamodb:GetItem'] },
  'get-ticket-timeline': { ...NONE, leads: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'update-ticket': DECIDES,
  'record-ticket-activity': DECIDES,
  'exclude-ticket': DECIDES,
  'put-outage': { ...NONE, leads: ['dynamodb:PutItem'], roster: READS_ROSTER },
  'get-remedies': { ...NONE, leads: ['dynamodb:Query', 'dynamodb:BatchGetItem'] },
  'get-partner-report': { ...NONE, leads: ['dynamodb:Query', 'dynamodb:BatchGetItem'] },
  'put-suppression': { ...NONE, leads: ['dynamodb:GetItem', 'dynamodb:PutItem'], roster: READS_ROSTER },
  'get-suppression': { ...NONE, leads: ['dynamodb:GetItem'] },
  'lift-suppression': {
    ...NONE,
    leads: ['dynamodb:GetItem', 'dynamodb:DeleteItem'],
    roster: READS_ROSTER,
  },
  'put-person': { ...NONE, roster: WRITES_ROSTER },
  'list-people': { ...NONE, roster: READS_ROSTER },
  'set-availability': DRAWS,
  'get-person-consequences': {
    ...NONE,
    leads: ['dynamodb:GetItem', 'dynamodb:Query'],
    roster: READS_ROSTER,
  },
  'list-consequences': { ...NONE, leads: ['dynamodb:Query'], roster: READS_ROSTER },
  // What the item owes from before may be a mail.
  'close-consequence': {
    leads: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    roster: READS_ROSTER,
    effects: 'tell',
  },
};

const EVALUATE_THE_GATE: readonly RouteName[] = [
  'submit-lead',
  'update-lead',
  'resolve-rejection',
  'submit-inquiry',
  'get-inquiry',
  'record-signals',
  'review-inquiry',
];
/** A domain is kept out only if it is somebody's own. */
const KNOW_MAIL_DOMAINS: readonly RouteName[] = ['reject-lead'];
/** Those that are given an address or suppress somebody; whoever is given the id of a suppression needs no secret. */
const HASH_PEOPLE: readonly RouteName[] = [
  ...EVALUATE_THE_GATE,
  'put-suppression',
  'reject-lead',
  'ae-reject-lead',
  'dispose-lead',
  'erase-personal-data',
];

/** One function for each route. Memory also buys processor time, on which the answer within a second depends. */
export const API_FUNCTIONS: readonly FunctionSpec[] = ROUTES.map(({ name }) => ({
  group: 'api',
  folder: name,
  memoryMb: 512,
  timeoutSeconds: 15,
  grants: API_GRANTS[name],
  ...(EVALUATE_THE_GATE.includes(name) ? { gate: true } : {}),
  ...(name === 'get-partner-report' ? { telephones: true } : {}),
  ...(KNOW_MAIL_DOMAINS.includes(name) ? { mailDomains: true } : {}),
  ...(HASH_PEOPLE.includes(name) ? { suppression: true } : {}),
}));

const workflow = (folder: string, grants: Grants): FunctionSpec => ({
  group: 'workflow',
  folder,
  memoryMb: 512,
  timeoutSeconds: 30,
  grants,
});

/** One function for each step of the state machines, in the order of the ladder. */
export const WORKFLOW_FUNCTIONS: readonly FunctionSpec[] = [
  workflow('assign-owner', DRAWS),
  workflow('tell-nobody-available', DECIDES),
  workflow('notify-owner', DECIDES),
  workflow('remind-owner', DRAWS),
  workflow('warn-owner-and-manager', DRAWS),
  workflow('reassign-on-breach', DRAWS),
  workflow('send-to-backup', DRAWS),
  workflow('escalate-critical', DRAWS),
  workflow('open-incident', DRAWS),
  workflow('escalate-threshold', DRAWS),
  workflow('send-held-messages', DECIDES),
  workflow('look-again', DECIDES),
  workflow('record-failure', DECIDES),
];

/** Finishes what a save owes and nobody has performed; runs every minute, for as long as there is something to do. */
export const RECONCILER: FunctionSpec = {
  group: 'schedule',
  folder: 'reconcile',
  memoryMb: 512,
  timeoutSeconds: 55,
  // An SQL may still wait for an AE, and somebody still has to be suppressed.
  grants: DRAWS,
  suppression: true,
};

/** Reckons what is open about people, from all leads; runs every hour, and nobody waits for it. */
export const SETTLING: FunctionSpec = {
  group: 'schedule',
  folder: 'settle-consequences',
  // Also buys processor time: it reads every lead.
  memoryMb: 1024,
  timeoutSeconds: 600,
  grants: {
    leads: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    roster: READS_ROSTER,
    effects: 'tell',
  },
};

export const SCHEDULED_FUNCTIONS: readonly FunctionSpec[] = [RECONCILER, SETTLING];

export const FUNCTIONS: readonly FunctionSpec[] = [
  ...API_FUNCTIONS,
  ...WORKFLOW_FUNCTIONS,
  ...SCHEDULED_FUNCTIONS,
];

/** The placeholder of a function in a state machine file: `remind-owner` is `${RemindOwner}`. */
export function substitutionName(folder: string): string {
  return folder
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
