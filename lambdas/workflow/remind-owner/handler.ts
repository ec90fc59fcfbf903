/** L1: reminds the owner at half of the time (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('remind');
