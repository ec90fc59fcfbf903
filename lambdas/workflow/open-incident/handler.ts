/** L4: opens an incident, to be closed with a root cause (policy book §5). */
import { rungHandler } from '../../shared/step.ts';

export const handler = rungHandler('incident');
