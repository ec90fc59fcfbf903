/** L3: logs the breach and gives the lead to somebody else (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('breach');
