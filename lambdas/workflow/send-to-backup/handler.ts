/** An hour after the breach: to the backup queue (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('backup');
