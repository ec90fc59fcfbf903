/** Keeps addresses out of logs, events and the timeline: services quote them in their error messages. */

const LONGEST = 300;

/** The text without anything that looks like a mail address, cut to 300 characters. */
export function withoutAddresses(text: string): string {
  return text.slice(0, LONGEST).replace(/[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,190}/g, '<address>');
}

/** An error's name and message, and its cause's, without addresses. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return withoutAddresses(String(error));
  const own = error.message === '' ? error.name : `${error.name}: ${error.message}`;
  return withoutAddresses(error.cause instanceof Error ? `${own} (${error.cause.name})` : own);
}
