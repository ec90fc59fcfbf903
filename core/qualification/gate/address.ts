/** What stands before and after the @ of an e-mail address. */
import { domainToASCII } from 'node:url';
import { z } from 'zod';

export interface Address {
  /** As written. */
  local: string;
  /** Lower case and in ASCII: `müller.de` is `xn--mller-kva.de`. */
  domain: string;
}

/** Characters of RFC 5322 without quoted parts; it takes more than servers do, which {@link parseAddress} narrows. */
const addressSchema = z.email({ pattern: z.regexes.html5Email }).max(254);
/** No server takes more before the @ (RFC 5321, 4.5.3.1.1). */
const LOCAL_MAX = 64;

/**
 * The parts of an address; null if it is none: no dots at the ends of the local part or side by side, a domain with a
 * dot and no IP address. Blanks around it do not count.
 */
export function parseAddress(email: string): Address | null {
  const text = email.trim();
  const at = text.lastIndexOf('@');
  if (at < 1) return null;
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (local.length > LOCAL_MAX || /^\.|\.\.|\.$/.test(local)) return null;
  if (!/\.(?!\d+$)[^.]{2,}$/.test(domain)) return null;
  return addressSchema.safeParse(`${local}@${domain}`).success ? { local, domain } : null;
}

/** A domain in lower case and ASCII, as name servers and lists have it; empty if it cannot be a domain. */
export function asciiDomain(domain: string): string {
  if (/^[a-z0-9.-]+$/i.test(domain)) return domain.toLowerCase();
  // The conversion takes an address of the web and would drop a path.
  return /^[a-z0-9.\-\u{80}-\u{10ffff}]+$/iu.test(domain) ? domainToASCII(domain) : '';
}
