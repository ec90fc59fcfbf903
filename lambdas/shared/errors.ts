/** Errors with a name of their own: the name is what a retry in a state machine and an HTTP answer go by. */

/** Somebody else has written in between: read again and decide again. */
export class VersionConflict extends Error {
  static readonly NAME = 'VersionConflict';
  override readonly name = VersionConflict.NAME;
}

/** No lead of this id, though an execution says there is. */
export class LeadNotFound extends Error {
  static readonly NAME = 'LeadNotFound';
  override readonly name = LeadNotFound.NAME;
}

/** The mail service refuses this message for good (address, content, unverified sender). */
export class MailRejected extends Error {
  static readonly NAME = 'MailRejected';
  override readonly name = MailRejected.NAME;
}

/** The mail service asks to slow down, or could not be reached, after all retries. */
export class MailThrottled extends Error {
  static readonly NAME = 'MailThrottled';
  override readonly name = MailThrottled.NAME;
}

/** The event bus did not take every entry. */
export class EventsRefused extends Error {
  static readonly NAME = 'EventsRefused';
  override readonly name = EventsRefused.NAME;
  /** Ids of the effects that it did not take; the others are on the bus. */
  readonly effectIds: readonly string[];

  constructor(message: string, effectIds: readonly string[]) {
    super(message);
    this.effectIds = effectIds;
  }
}

/** An answer for the caller of the API: becomes `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Last part of the problem's stable `type`, e.g. `not-found`. */
  readonly type: string;
  readonly title: string;
  readonly extra: Record<string, unknown>;

  constructor(
    status: number,
    type: string,
    title: string,
    detail: string,
    extra: Record<string, unknown> = {},
  ) {
    super(detail);
    this.status = status;
    this.type = type;
    this.title = title;
    this.extra = extra;
  }
}
