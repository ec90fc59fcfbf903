/** Whether a domain takes mail, asked of the name servers within a time limit (policy book §6). */
import { Resolver } from 'node:dns/promises';
import type { MxVerdict } from '../../core/qualification/gate/email.ts';
import type { SystemClock } from './clock.ts';

/**
 * Says whether a domain takes mail: by its MX records, by its address where it has none (RFC 5321, 5.1), and not if it
 * refuses mail (RFC 7505) or does not exist. Never rejects: no answer is `unknown`.
 */
export type MxLookup = (domain: string) => Promise<MxVerdict>;

/** Verdicts of other look-ups; `unknown` is never kept. */
export interface MxCache {
  get(domain: string): MxVerdict | undefined;
  set(domain: string, verdict: MxVerdict): void;
}

export interface MxSettings {
  /** Milliseconds for a look-up in all, with its repetitions. */
  timeoutMs: number;
  cache?: MxCache | undefined;
  /** Addresses with ports; left out: those of the system. */
  servers?: readonly string[] | undefined;
}

/** Answers that are certain, as against those that tell of trouble on the way. */
const NO_SUCH_DOMAIN = ['ENOTFOUND', 'EBADNAME'];
const NO_SUCH_RECORD = 'ENODATA';

/** Look-ups over the network. Each has a resolver of its own, so that one that is late takes no other with it. */
export function mxLookup({ timeoutMs, cache, servers }: MxSettings): MxLookup {
  return async (domain) => {
    const kept = cache?.get(domain);
    if (kept !== undefined) return kept;
    // A second try waits twice as long as the first one.
    const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 3), tries: 2 });
    if (servers) resolver.setServers(servers);
    const timer = setTimeout(() => resolver.cancel(), timeoutMs);
    try {
      const verdict = await ask(resolver, domain);
      if (verdict !== 'unknown') cache?.set(domain, verdict);
      return verdict;
    } finally {
      clearTimeout(timer);
    }
  };
}

async function ask(resolver: Resolver, domain: string): Promise<MxVerdict> {
  try {
    const records = await resolver.resolveMx(domain);
    return records.some(({ exchange }) => exchange !== '' && exchange !== '.') ? 'takes_mail' : 'takes_none';
  } catch (error) {
    const code = codeOf(error);
    if (NO_SUCH_DOMAIN.includes(code)) return 'takes_none';
    return code === NO_SUCH_RECORD ? askAddresses(resolver, domain) : 'unknown';
  }
}

/** A domain without MX records is its own mail server, if it has an address. */
async function askAddresses(resolver: Resolver, domain: string): Promise<MxVerdict> {
  const answers = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)]);
  if (answers.some(({ status }) => status === 'fulfilled')) return 'takes_mail';
  const certain = [...NO_SUCH_DOMAIN, NO_SUCH_RECORD];
  return answers.every((one) => one.status === 'rejected' && certain.includes(codeOf(one.reason)))
    ? 'takes_none'
    : 'unknown';
}

function codeOf(error: unknown): string {
  const known = typeof error === 'object' && error !== null && 'code' in error;
  return known && typeof error.code === 'string' ? error.code : '';
}

/**
 * Keeps the verdicts of a container.
 * @param forMs how long a verdict holds, in milliseconds
 * @param atMost how many are kept; the oldest goes first
 */
export function mxCache(clock: SystemClock, forMs: number, atMost: number): MxCache {
  const kept = new Map<string, { verdict: MxVerdict; until: number }>();
  return {
    get(domain) {
      const entry = kept.get(domain);
      return entry !== undefined && clock.now() < entry.until ? entry.verdict : undefined;
    },
    set(domain, verdict) {
      kept.delete(domain);
      kept.set(domain, { verdict, until: clock.now() + forMs });
      const [oldest] = kept.keys();
      if (kept.size > atMost && oldest !== undefined) kept.delete(oldest);
    },
  };
}
