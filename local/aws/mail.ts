/**
 * Mail: the real SES client's requests go on to `aws-ses-v2-local`; what it has accepted is kept with the runner's
 * time.
 */
import { z } from 'zod';
import { iso } from '../../core/time.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import { LEAD_TAG } from '../../lambdas/shared/mailer.ts';
import type { Journal } from '../data/journal.ts';
import { startThread } from '../thread.ts';
import type { Thread } from '../thread.ts';
import { ServiceError } from './protocol.ts';

const text = z.string();
const keptMail = z.object({ at: text, to: text, subject: text, text, html: text });
/** A mail as `GET /local/mail` shows it. */
export type KeptMail = z.infer<typeof keptMail>;

/** A mail as it lies in the journal; one of a version that did not keep the lead has none. */
const journalMail = keptMail.extend({ leadId: z.string().default('') });

/** The mails of a journal as they are shown. */
export function shownMails(journal: Journal): KeptMail[] {
  return journal.values().map((line) => keptMail.parse(line));
}

/** It keeps every mail in memory, and so do we on disk: told to forget after so many. */
const FORGET_EVERY = 1000;

const refusal = z.object({ message: z.string(), detail: z.string().optional() });

export class MailServer {
  readonly #journal: Journal;
  readonly #clock: SystemClock;
  readonly #onMail: (mail: KeptMail) => void;
  #thread: Promise<Thread> | undefined;
  /** Leads whose personal data was removed: a mail that was on its way then is not kept. */
  readonly #forgotten = new Set<string>();

  constructor(journal: Journal, clock: SystemClock, onMail: (mail: KeptMail) => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onMail = onMail;
  }

  /** Loads the server, unless that has been done: it takes longer than the rest of the start. */
  start(): Promise<Thread> {
    const forget = (): void => {
      this.#thread = undefined;
    };
    if (this.#thread === undefined) {
      this.#thread = startThread(new URL('./mail-thread.ts', import.meta.url), {}, forget);
      this.#thread.catch(forget);
    }
    return this.#thread;
  }

  /**
   * Forwards a form of the SES query protocol.
   * @returns the answer's XML
   * @throws ServiceError
   */
  async send(form: string, headers: Record<string, string>): Promise<string> {
    const fields = new URLSearchParams(form);
    const { url } = await this.start();
    const answer = await fetch(url, { method: 'POST', body: form, headers });
    const text = await answer.text();
    if (!answer.ok) throw new ServiceError('MessageRejected', reason(text));
    const mail = {
      at: iso(this.#clock.now()),
      to: fields.get('Destination.ToAddresses.member.1') ?? '',
      subject: fields.get('Message.Subject.Data') ?? '',
      text: fields.get('Message.Body.Text.Data') ?? '',
      html: fields.get('Message.Body.Html.Data') ?? '',
    };
    const leadId = tagged(fields, LEAD_TAG);
    const isForgotten = this.#forgotten.has(leadId);
    if (!isForgotten) {
      this.#journal.append({ ...mail, leadId });
      this.#onMail(mail);
    }
    if (isForgotten || this.#journal.length % FORGET_EVERY === 0) await this.#clear();
    return text;
  }

  /** Removes every mail about a lead, here and where the mail server keeps it. */
  async forget(leadId: string): Promise<void> {
    this.#forgotten.add(leadId);
    const mails = this.#journal.values().map((line) => journalMail.parse(line));
    const others = mails.filter((mail) => mail.leadId !== leadId);
    if (others.length < mails.length) this.#journal.replace(others);
    await this.#clear();
  }

  /** The mail server forgets all mails: the journal has those that are kept. */
  async #clear(): Promise<void> {
    const thread = await this.#thread;
    if (thread === undefined) return;
    const answer = await fetch(`${thread.url}/clear-store`, { method: 'POST' });
    if (!answer.ok) throw new ServiceError('InternalFailure', 'The mail server keeps its mails.');
  }

  async close(): Promise<void> {
    await (await this.#thread)?.close();
  }
}

/** The value of a message tag, empty if there is none. */
function tagged(fields: URLSearchParams, name: string): string {
  for (let n = 1; fields.has(`Tags.member.${n}.Name`); n += 1) {
    if (fields.get(`Tags.member.${n}.Name`) === name) return fields.get(`Tags.member.${n}.Value`) ?? '';
  }
  return '';
}

function reason(text: string): string {
  try {
    const { message, detail } = refusal.parse(JSON.parse(text));
    return detail ?? message;
  } catch {
    return text;
  }
}
