/** Subject and opening of what is told about missed touches (policy book §9). */
import { storedMs } from '../time.ts';
import type { Template, View } from './view.ts';

/** The kinds of notices of the cadence. */
export type CadenceNotice = 'touch_missed' | 'touches_missed' | 'disposition_required';

export const CADENCE_TEMPLATES: Record<CadenceNotice, Template> = {
  touch_missed: {
    subject: (view) => `Missed touch: ${view.company}`,
    opening: (view) => `${whichTouch(view)}. A task to make up for it is open.`,
  },
  touches_missed: {
    subject: (view) => `Several touches missed: ${view.company}`,
    opening: (view) =>
      `${whichTouch(view)}, and it is not the first that is missing. The owner is ${whose(view)}.`,
  },
  disposition_required: {
    subject: (view) => `A disposition is required: ${view.company}`,
    opening: (view) =>
      `The cadence of ${view.company} is over without an outcome. ` +
      `${view.isOwner ? 'You owe' : `${whose(view)} owes`} the lead a disposition, by which it is recycled.`,
  },
};

function whichTouch({ clock, company, at }: View): string {
  if (clock?.touch === undefined) return `A touch of the cadence of ${company} was not made`;
  return `Touch ${clock.touch} of the cadence of ${company} was due ${at(storedMs(clock.dueAt))} and was not made`;
}

function whose({ owner }: View): string {
  return owner === null ? 'nobody' : owner.name;
}

/** What comes after a touch that was missed; null for every other notice. */
export function afterTheTouch({ notice }: View): string | null {
  switch (notice) {
    case 'touch_missed':
    case 'touches_missed':
      return 'The next touch is due on its own day. A touch that is made up for is missing no longer.';
    case 'disposition_required':
      return 'A clock runs until the lead has its disposition.';
    default:
      return null;
  }
}
