/** What a lead lacks to become an SQL, field by field, with what would pass (policy book §10). */
import type { CompiledPolicy } from '../../policy/compiled.ts';
import { storedMs } from '../../time.ts';
import type { World } from '../../ladder/tell.ts';
import type { Promotion } from './promote.ts';
import type { Refused } from './command.ts';
import { says } from './said.ts';

type Missing = Refused['missing'][number];
type Requirement = CompiledPolicy['sqlGate']['requires'][number];

/** All that the policy requires and that is not there; a placeholder is as good as nothing. */
export function missingForSql(world: World, ask: Promotion): Missing[] {
  const { requires, meddpic } = world.policy.sqlGate;
  const elements = meddpic.filter(
    ({ element, level }) => level === 'required' && !says(world.policy, ask.meddpic?.[element]),
  );
  return [
    ...requires.flatMap((requirement) => missing(world, ask, requirement) ?? []),
    ...elements.map(({ element, ifMissing }) => ({
      path: `meddpic.${element}`,
      message: `is required, in words of its own (${ifMissing})`,
    })),
  ];
}

function missing({ policy, now }: World, ask: Promotion, requirement: Requirement): Missing | null {
  const { startsAt, link } = ask.meeting ?? {};
  switch (requirement) {
    case 'booked_meeting':
      if (startsAt === undefined)
        return { path: 'meeting.startsAt', message: 'is required: when the booked meeting starts' };
      return storedMs(startsAt) > now
        ? null
        : { path: 'meeting.startsAt', message: `must lie in the future: ${startsAt} has passed` };
    case 'meeting_link':
      if (!says(policy, link))
        return { path: 'meeting.link', message: 'is required: a link like https://meet.example/…' };
      return isLink(link)
        ? null
        : { path: 'meeting.link', message: 'must be a link that begins with https:// or http://' };
    case 'pain_statement':
      return says(policy, ask.pain)
        ? null
        : { path: 'pain', message: 'is required: the problem that hurts, in words' };
    case 'timeline':
      return says(policy, ask.timeline)
        ? null
        : { path: 'timeline', message: 'is required: by when they want it solved' };
  }
}

/** Shown in mails and to be clicked: nothing but a page. */
function isLink(text: string): boolean {
  const url = URL.parse(text.trim());
  return (
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.')
  );
}
