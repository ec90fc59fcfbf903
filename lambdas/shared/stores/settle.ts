/** Taking performed effects off what a lead or a ticket owes. */
import type { Subject } from '../../../core/model/subject.ts';
import { backOff } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { SubjectStore } from '../services.ts';

/** Times that it reads and writes again when others write the same subject. */
const SETTLE_TRIES = 12;

/** @throws VersionConflict when others keep writing */
export async function settle<S extends Subject>(
  { get, save }: Pick<SubjectStore<S>, 'get' | 'save'>,
  subjectId: string,
  effectIds: readonly string[],
): Promise<void> {
  const done = new Set(effectIds);
  for (let tried = 0; ; tried += 1) {
    const subject = await get(subjectId);
    const owed = subject?.owed.filter((effect) => !done.has(effect.id)) ?? [];
    if (subject === undefined || owed.length === subject.owed.length) return;
    try {
      await save({ ...subject, owed, version: subject.version + 1 });
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tried === SETTLE_TRIES) throw error;
      await backOff(tried);
    }
  }
}
