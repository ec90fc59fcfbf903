/** A random sample that anybody can draw again: the same leads and the same seed give the same sample (001). */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeds are whole numbers from 0 to this: what the generator tells apart. */
export const HIGHEST_SEED = 2 ** 31 - 1;

/**
 * Draws without replacement, each lead with the same chance; in the order of the draw, so that neighbours have nothing
 * in common. The order in which the leads come does not matter, and a lead that comes twice is one.
 * @param size how many; all of them if there are no more
 * @throws RangeError for a seed that is none
 */
export function sampleOf<T extends { leadId: string }>(leads: readonly T[], size: number, seed: number): T[] {
  if (!Number.isInteger(seed) || seed < 0 || seed > HIGHEST_SEED) {
    throw new RangeError(`a seed is a whole number from 0 to ${HIGHEST_SEED}, not ${seed}`);
  }
  const rest = [...new Map(leads.map((lead) => [lead.leadId, lead])).values()].sort((a, b) =>
    a.leadId < b.leadId ? -1 : 1,
  );
  const generator = xoroshiro128plus(seed);
  const drawn: T[] = [];
  while (drawn.length < size && rest.length > 0) {
    drawn.push(...rest.splice(uniformInt(generator, 0, rest.length - 1), 1));
  }
  return drawn;
}
