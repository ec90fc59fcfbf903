/** The breach threshold: the miss goes beyond the owner (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('threshold');
