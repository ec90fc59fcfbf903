/** A message as it is sent, made of its subject and its blocks. */
import { asHtml, asText } from './document.ts';
import type { Block } from './document.ts';
import { subjectLine } from './safe.ts';

export interface Message {
  /** One line, at most 120 characters. */
  subject: string;
  text: string;
  /** A whole document; every value in it is escaped. */
  html: string;
}

export function messageOf(subject: string, blocks: Block[]): Message {
  const safe = subjectLine(subject);
  return { subject: safe, text: asText(blocks), html: asHtml(safe, blocks) };
}
