/** Leads and tickets alike: where they are kept, and how a log or a mail names them. */
import type { Subject } from '../../core/model/subject.ts';
import { isTicket, subjectIdOf } from '../../core/model/subject.ts';
import type { Services, SubjectStore } from './services.ts';

type Stores = Pick<Services, 'leads' | 'tickets'>;
/** What a store does by a subject's id. */
type ById = Pick<SubjectStore<Subject>, 'settle' | 'putTimeline' | 'putRecord'>;

export function storeOf({ leads, tickets }: Stores, subject: Subject): ById {
  return isTicket(subject) ? tickets : leads;
}

/** @throws VersionConflict if somebody else has written since it was read */
export function saveSubject({ leads, tickets }: Stores, subject: Subject): Promise<void> {
  return isTicket(subject) ? tickets.save(subject) : leads.save(subject);
}

export function aboutOf(subject: Subject): { leadId: string } | { ticketId: string } {
  const id = subjectIdOf(subject);
  return isTicket(subject) ? { ticketId: id } : { leadId: id };
}
