/** What the templates say of a lead: facts picked and put into words once, for one recipient at one instant. */
import { CalendarError, calendarOf, elapsed } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Person } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Role } from '../policy/schema/basics.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import { LIMITS, oneLine } from './safe.ts';
import { instantWords, lengthWords } from './times.ts';

/** The prospect as a recipient, for the acknowledgement. */
export interface ProspectRecipient {
  prospect: true;
  email: string;
  name: string;
}

export interface NoticeInput {
  notice: NoticeKind;
  lead: Lead;
  /** The clock that the notice is about; null for one that is about the lead alone. */
  clock: Clock | null;
  recipient: Person | ProspectRecipient;
  /** Who answers for the clock: the AE for what an AE owes, else the owner of the lead. */
  owner: Person | null;
  previousOwner: Person | null;
  /** Whom the recipient calls first; null: the prospect. */
  callFirst: Person | null;
  policy: CompiledPolicy;
  now: EpochMs;
}

/** The same for a recipient who is on the roster. */
export type StaffInput = Omit<NoticeInput, 'recipient'> & { recipient: Person };

export interface View extends StaffInput {
  company: string;
  /** Name of the prospect, or null if the CRM gave none. */
  prospectName: string | null;
  commitment: CommitmentRow | undefined;
  /** Whether the clock is the one that runs until the first attempt. */
  isResponse: boolean;
  isOwner: boolean;
  /** Which commitment of Marketing's half the clock is, if it is one of them. */
  marketing: 'scoring' | 'enrichment' | null;
  /** Whether it is about the lead before it is an MQL: nobody of Sales owes anything, and nobody is called. */
  beforeSales: boolean;
  /** Whether the recipient needs the prospect's phone and address: who calls or has somebody call. */
  sees: 'contact' | 'company';
  /** `2 min 30 s left`, `7 min late`, `paused`, …; empty without a clock. */
  left: string;
  at: (instant: EpochMs) => string;
}

/** Subject and opening of one kind of message to staff. */
export interface Template {
  subject: (view: View) => string;
  opening: (view: View) => string;
}

const CALLING_ROLES: readonly Role[] = ['sdr', 'ae', 'sdr_manager', 'ae_manager'];
/** These report a miss upwards or take a lead away; the recipient has nobody to call in the prospect's company. */
const WITHOUT_CONTACT: readonly NoticeKind[] = ['critical', 'incident', 'breach_old_owner', 'moved_away'];

const BEFORE_SALES: readonly NoticeKind[] = ['held', 'review_offer', 'account_team'];

function marketingOf(clock: Clock | null): View['marketing'] {
  if (clock?.stop.includes('lead_enriched')) return 'enrichment';
  return clock?.stop.includes('lead_scored') ? 'scoring' : null;
}

/** Time left or time late, in business time of the clock's own calendar (policy book §4). */
export function timeLeft(policy: CompiledPolicy, clock: Clock, now: EpochMs): string {
  if (clock.metAt !== null) return 'done in the meantime';
  if (clock.status === 'cancelled') return 'cancelled';
  if (clock.pauses.some((pause) => pause.to === null)) return 'paused';
  try {
    return businessTimeLeft(policy, clock, now);
  } catch (error) {
    // The policy has changed and no longer knows the clock's calendar. A message without the time left beats none.
    if (error instanceof CalendarError) return '';
    throw error;
  }
}

function businessTimeLeft(policy: CompiledPolicy, clock: Clock, now: EpochMs): string {
  const calendar = calendarOf(policy, clock.calendar);
  const due = storedMs(clock.dueAt);
  if (now < due) return `${lengthWords(elapsed(calendar, now, due))} left`;
  const pauses = clock.pauses.flatMap(({ from, to }) =>
    to === null ? [] : [{ from: storedMs(from), to: storedMs(to) }],
  );
  const late = lengthWords(elapsed(calendar, due, now, pauses));
  return late === '0 s' ? 'due now' : `${late} late`;
}

/** Gathers what the templates need. */
export function viewOf(input: StaffInput): View {
  const { lead, clock, policy, recipient, now } = input;
  const name = [lead.contact.firstName, lead.contact.lastName].filter((part) => part !== undefined).join(' ');
  const prospectName = oneLine(name, LIMITS.value);
  const company = oneLine(lead.company.name ?? lead.company.domain ?? '', LIMITS.company);
  const commitment = policy.commitments.find((row) => row.id === clock?.commitment);
  const isOwner = input.owner?.personId === recipient.personId;
  const marketing = marketingOf(clock);
  const beforeSales = BEFORE_SALES.includes(input.notice) || marketing !== null;
  const callsThem = CALLING_ROLES.includes(recipient.role) && !WITHOUT_CONTACT.includes(input.notice);
  return {
    ...input,
    company: company === '' ? 'a company without a name' : company,
    prospectName: prospectName === '' ? null : prospectName,
    commitment,
    isResponse: clock === null || clock.stop.includes('first_attempt'),
    isOwner,
    marketing,
    beforeSales,
    sees: isOwner || (callsThem && !beforeSales) ? 'contact' : 'company',
    left: clock === null ? '' : timeLeft(policy, clock, now),
    at: (instant) => instantWords(instant, recipient.timeZone),
  };
}
