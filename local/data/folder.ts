/** The folder in which a runner keeps everything: database, executions, mails, events, its clock and its key. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isCode, readText, readWhole, writeWhole } from './files.ts';

const lockSchema = z.object({ pid: z.number() });

/** Another runner works on the same data. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** Folders that runners of this very process hold: the id of the process tells nothing about them. */
const held = new Set<string>();

export class DataFolder {
  readonly path: string;
  /** Removed with everything in it when it is closed. */
  readonly temporary: boolean;

  /**
   * @param path kept between runs; without it a temporary folder is made
   * @throws DataInUse if another runner holds it
   */
  constructor(path: string | undefined) {
    this.temporary = path === undefined;
    this.path = path === undefined ? mkdtempSync(join(tmpdir(), 'lead-sla-')) : resolve(path);
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    this.#lock();
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** The key of the API: made once, then kept. */
  apiKey(): string {
    return this.#kept('api-key');
  }

  /** The secret under which suppressed people are hashed: made once, then kept, for another would know none of them. */
  secret(): string {
    return this.#kept('suppression-secret');
  }

  /** Tells other programs where the API is, and where the AWS CLI and SDKs find executions, events and mail. */
  announce(endpoint: { url: string; apiKey: string; pid: number; awsUrl?: string }): void {
    writeWhole(this.file('endpoint.json'), endpoint);
  }

  close(): void {
    held.delete(this.path);
    if (this.temporary) rmSync(this.path, { recursive: true, force: true });
    else for (const name of ['endpoint.json', 'lock']) rmSync(this.file(name), { force: true });
  }

  /** A random text in a file that only the user may read. */
  #kept(name: string): string {
    const kept = readText(this.file(name))?.trim();
    if (kept !== undefined && kept !== '') return kept;
    const made = randomBytes(24).toString('base64url');
    writeFileSync(this.file(name), `${made}\n`, { mode: 0o600 });
    return made;
  }

  #lock(): void {
    const lock = this.file('lock');
    const holder = readWhole(lock, lockSchema)?.pid;
    const alive = holder !== undefined && (holder === process.pid ? held.has(this.path) : isAlive(holder));
    if (alive) {
      throw new DataInUse(
        `The data in ${this.path} is in use by another runner (process ${holder}). ` +
          `Stop that one first, or give another folder with --data. If no runner has that number, delete ${lock}.`,
      );
    }
    rmSync(this.file('endpoint.json'), { force: true });
    writeWhole(lock, { pid: process.pid });
    held.add(this.path);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}
