/**
 * Mail: the real SES client's requests go on to `aws-ses-v2-local`; what it has accepted is kept with the runner's
 * time.
 */
import { z } from 'zod';
import { iso } from '../../core/time.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import type { Journal } from '../data/journal.ts';
import { startThread } from '../thread.ts';
import type { Thread } from '../thread.ts';
import { ServiceError } from './protocol.ts';

/** A mail as `GET /local/mail` shows it. */
export interface KeptMail {
  at: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** It keeps every mail in memory, and so do we on disk: told to forget after so many. */
const FORGET_EVERY = 1000;

const refusal = z.object({ message: z.string(), detail: z.string().optional() });

export class MailServer {
  readonly #journal: Journal;
  readonly #clock: SystemClock;
  readonly #onMail: (mail: KeptMail) => void;
  #thread: Promise<Thread> | undefined;

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
    this.#journal.append(mail);
    this.#onMail(mail);
    if (this.#journal.length % FORGET_EVERY === 0) await fetch(`${url}/clear-store`, { method: 'POST' });
    return text;
  }

  async close(): Promise<void> {
    await (await this.#thread)?.close();
  }
}

function reason(text: string): string {
  try {
    const { message, detail } = refusal.parse(JSON.parse(text));
    return detail ?? message;
  } catch {
    return text;
  }
}
