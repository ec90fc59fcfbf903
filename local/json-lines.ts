/** Files of JSON lines: each line is a value for itself, and a bad one does not stop the others. */
import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { lines } from './deadline/lines.ts';

export interface GoodLine<T> {
  line: number;
  value: T;
}
/** A line that is no such value, with every fault as `path: message`. */
export interface BadLine {
  line: number;
  faults: string[];
}

/** Blank lines are passed over. @throws the file system's error if the file cannot be read */
export async function* jsonLines<S extends z.ZodType>(
  file: string,
  schema: S,
): AsyncGenerator<GoodLine<z.output<S>> | BadLine> {
  for await (const some of lines(texts(file))) {
    for (const { line: text, number: line } of some) {
      if (text.trim() === '') continue;
      const value = parsed(text);
      if (value === undefined) {
        yield { line, faults: ['is not JSON'] };
        continue;
      }
      const read = schema.safeParse(value);
      if (read.success) yield { line, value: read.data };
      else yield { line, faults: read.error.issues.map(faultText) };
    }
  }
}

/** All good lines of a file; each fault of the others is told as `FILE line N: path: message`. */
export async function readLines<S extends z.ZodType>(
  file: string,
  schema: S,
  say: (text: string) => void,
): Promise<{ good: GoodLine<z.output<S>>[]; bad: number }> {
  const good: GoodLine<z.output<S>>[] = [];
  let bad = 0;
  for await (const one of jsonLines(file, schema)) {
    if ('value' in one) good.push(one);
    else {
      bad += 1;
      for (const fault of one.faults) say(`${file} line ${one.line}: ${fault}`);
    }
  }
  return { good, bad };
}

async function* texts(file: string): AsyncGenerator<string> {
  let first = true;
  for await (const chunk of createReadStream(file, 'utf8')) {
    const text = String(chunk);
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
}

function faultText({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

/** The value of a JSON text; undefined for anything else. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
