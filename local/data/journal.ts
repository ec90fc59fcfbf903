/**
 * A file of JSON lines that only grows. A line is with the operating system before `append` returns, so it outlives
 * the process however that ends; a last line that was cut off is dropped when the file is opened.
 */
import {
  closeSync,
  ftruncateSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Json } from '../json.ts';
import { parseJson } from '../json.ts';

export class Journal {
  readonly #file: string;
  #handle: number;
  #lines: number;

  /** Opens the file, or makes it. */
  constructor(file: string) {
    this.#file = file;
    this.#handle = openSync(file, 'a+', 0o600);
    const content = readFileSync(file);
    const whole = content.lastIndexOf(0x0a) + 1;
    if (whole < content.length) ftruncateSync(this.#handle, whole);
    this.#lines = count(content.subarray(0, whole));
  }

  /** Number of lines. */
  get length(): number {
    return this.#lines;
  }

  append(value: unknown): void {
    writeSync(this.#handle, `${JSON.stringify(value)}\n`);
    this.#lines += 1;
  }

  /** All lines, as they are. */
  lines(): string[] {
    return readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
  }

  /** All lines, parsed. */
  values(): Json[] {
    return this.lines().map(parseJson);
  }

  /** Puts these lines in the place of all others, at once or not at all. */
  replace(values: unknown[]): void {
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, values.map((value) => `${JSON.stringify(value)}\n`).join(''), { mode: 0o600 });
    const handle = openSync(fresh, 'a+');
    fsyncSync(handle);
    renameSync(fresh, this.#file);
    closeSync(this.#handle);
    this.#handle = handle;
    this.#lines = values.length;
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function count(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf(0x0a); at >= 0; at = content.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
