/** L2: warns the owner and the manager (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('warn');
