/** Pages as the services give them: up to `maxResults` items, and a token for the rest. */
import { ServiceError } from './protocol.ts';

const DEFAULT_PAGE = 100;

/** @throws ServiceError InvalidToken */
export function page<T>(
  all: T[],
  where: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: T[]; nextToken: string | undefined } {
  const from = where.nextToken === undefined ? 0 : Number(where.nextToken);
  if (!Number.isInteger(from) || from < 0) throw new ServiceError('InvalidToken', 'Invalid token.');
  const size = where.maxResults === undefined || where.maxResults === 0 ? DEFAULT_PAGE : where.maxResults;
  const to = from + size;
  return { items: all.slice(from, to), nextToken: to < all.length ? String(to) : undefined };
}
