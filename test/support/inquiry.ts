/** An inquiry in the stories and what the gate says of it. */
import type { StoryInquiry } from './story.ts';

/** Somebody of whom nobody knows the number. */
export const GRACE = {
  firstName: 'Grace',
  lastName: 'Hale',
  email: 'grace.hale@analytical.example',
  title: 'Marketing Manager',
  country: 'US',
  region: 'MA',
};
/** The number that was missing. */
export const PHONE = { contact: { phone: '+1 617 555 0142' }, by: 'olive' };

/** Status, verdict, track and score. */
export function said({ status, evaluation: { verdict, track, score } }: StoryInquiry) {
  return [status, verdict, track, score.total];
}
