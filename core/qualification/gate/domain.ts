/** Domains of companies and of e-mail addresses. */

/** The domain in an address, a URL or a bare name: lower case, ASCII, without `www.`; null if there is none. */
export function domainOf(text: string | null | undefined): string | null {
  const given = text?.trim() ?? '';
  const url = /^https?:\/\//i.test(given) ? given : `http://${given.slice(given.lastIndexOf('@') + 1)}`;
  const host = URL.parse(url)?.hostname.replace(/^www\.|\.+$/g, '');
  return host?.includes('.') === true ? host : null;
}

/** Whether a host is a domain or lies below it: `mail.example.com` below `example.com`, `notexample.com` not. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
