/** L4: the director and the vice president review the process (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('critical');
