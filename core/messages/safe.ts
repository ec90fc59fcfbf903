/**
 * Making other people's words safe to show. A CRM hands on what anybody typed into a web form; nothing of it may
 * become a mail header, mark-up, an invisible character or a message of its own length.
 */

/** How many characters of a value are shown. */
export const LIMITS = { subject: 120, company: 60, value: 120, sentence: 400 } as const;

/**
 * Line breaks, control characters, lone surrogates and invisible format characters, among them the marks that turn
 * the direction of text. The joiners U+200C and U+200D are spelling in several scripts and stay.
 */
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text on one line, without unsafe characters, cut to `limit` characters (the last one an ellipsis). */
export function oneLine(text: string, limit: number): string {
  // Cut roughly first: what is a megabyte long must not be searched through.
  const clean = text
    .slice(0, limit * 8)
    .replace(UNSAFE, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(clean);
  return characters.length <= limit
    ? clean
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * A subject: one line, at most {@link LIMITS}.subject characters. `=?` would begin an encoded word (RFC 2047), with
 * which an ASCII subject could smuggle in any character.
 */
export function subjectLine(text: string): string {
  return oneLine(text.slice(0, LIMITS.subject * 8).replaceAll('=?', '= ?'), LIMITS.subject);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/**
 * A first name fit for a greeting to a stranger, or null. Whoever fills in a form with somebody else's address could
 * otherwise have us send that person a text or a link of their own.
 */
export function greetingName(name: string | undefined): string | null {
  const clean = oneLine(name ?? '', LIMITS.value);
  const isName =
    /^\p{L}[\p{L}\p{M}'’ -]*$/u.test(clean) && clean.length <= 30 && clean.split(' ').length <= 3;
  return isName ? clean : null;
}
