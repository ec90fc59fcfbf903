/** A message as data. It is written once and comes out as text and as HTML, in which every value is escaped. */
import { escapeHtml, LIMITS, oneLine } from './safe.ts';

export interface Row {
  label: string;
  value: string;
  /** Where a click on the value leads: `tel:`, `mailto:` or an http(s) address that was checked before. */
  href?: string | undefined;
}

export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'rows'; rows: Row[] }
  | { kind: 'list'; items: string[] }
  | { kind: 'link'; label: string; url: string };

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const list = (items: string[]): Block => ({ kind: 'list', items });

/** Rows without the ones that have nothing to say. */
export function rows(...given: (Row | null)[]): Block {
  return {
    kind: 'rows',
    rows: given.filter((row) => row !== null).filter((row) => row.value !== ''),
  };
}

const value = (text: string): string => oneLine(text, LIMITS.value);
const sentence = (text: string): string => oneLine(text, LIMITS.sentence);

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return sentence(block.text);
    case 'heading':
      return `-- ${value(block.text)} --`;
    case 'rows':
      return block.rows.map((row) => `${value(row.label)}: ${sentence(row.value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${sentence(item)}`).join('\n');
    case 'link':
      return `${value(block.label)}: ${block.url}`;
  }
}

/** Plain text, blocks apart by an empty line. */
export function asText(blocks: Block[]): string {
  return `${blocks.map(blockAsText).join('\n\n')}\n`;
}

const cell = 'padding:2px 12px 2px 0;vertical-align:top';
const html = (text: string): string => escapeHtml(sentence(text));
const anchor = (href: string, label: string): string => `<a href="${escapeHtml(href)}">${html(label)}</a>`;

function blockAsHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${html(block.text)}</p>`;
    case 'heading':
      return `<h3 style="margin-bottom:4px">${html(block.text)}</h3>`;
    case 'rows': {
      const lines = block.rows.map((row) => {
        const shown = row.href === undefined ? html(row.value) : anchor(row.href, row.value);
        return `<tr><td style="${cell};color:#555">${html(row.label)}</td><td style="${cell}">${shown}</td></tr>`;
      });
      return `<table role="presentation">${lines.join('')}</table>`;
    }
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${html(item)}</li>`).join('')}</ul>`;
    case 'link':
      return `<p>${anchor(block.url, block.label)}</p>`;
  }
}

/** A whole HTML document without scripts, images or styles from elsewhere. */
export function asHtml(title: string, blocks: Block[]): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${html(title)}</title></head>` +
    `<body style="font-family:sans-serif;line-height:1.4">${blocks.map(blockAsHtml).join('\n')}</body></html>`
  );
}
