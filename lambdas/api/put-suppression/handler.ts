/** `POST /suppressions`: nobody of theirs is taken in until they may return (policy book §13). */
import type { Suppression, SuppressionSubject } from '../../../core/model/suppression.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { normalSubject, suppresses, windowOf } from '../../../core/qualification/suppression.ts';
import { iso, storedMs, type EpochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import { mustBeOnRoster } from '../../shared/on-roster.ts';
import type { PutSuppression } from '../schemas/suppression.ts';

type Row = CompiledPolicy['recycling'][number];

export const handler = apiHandler('put-suppression', async ({ body, services, now }) => {
  const { policy, roster, suppressions, log } = services;
  const row = scenarioOf(policy, body);
  const subject = subjectOf(body);
  checkReason(body);
  mustBeOnRoster(await roster.load(), body.by);
  const suppressionId = `${await suppressions.idOf(subject)}-${row.id}`;
  const stored = await suppressions.get(suppressionId);
  // Whoever got no answer asks again: the window does not move by that.
  if (stored !== undefined && isSame(policy, stored, body, now)) return { status: 200, body: stored };
  const from = iso(now);
  const suppression: Suppression = {
    suppressionId,
    kind: subject.kind,
    value: subject.kind === 'person' ? null : subject.value,
    scenario: row.id,
    reason: body.reason,
    from,
    until: givenEnd(body, now) ?? windowOf(policy, row.id, from),
    origin: { by: body.by, leadId: body.leadId ?? null },
  };
  await suppressions.put(suppression);
  log.info('A suppression was written', { suppressionId, until: suppression.until, by: body.by });
  return { status: 200, body: suppression };
});

/** The scenario, which has to suppress somebody, and to have a window if an end is given. */
function scenarioOf({ recycling }: CompiledPolicy, { scenario, until }: PutSuppression): Row {
  const suppressing = recycling.filter(suppresses);
  const names = (rows: readonly Row[]) => rows.map(({ id }) => id).join(', ');
  const row = suppressing.find(({ id }) => id === scenario);
  if (row === undefined) {
    throw refused('unknown-scenario', 'The policy suppresses nobody by this scenario', {
      path: 'scenario',
      message: `must be one of ${names(suppressing)}`,
    });
  }
  if (until !== undefined && !row.suppression.startsWith('P')) {
    throw refused('no-window', 'This scenario has no end', {
      path: 'until',
      message: `must be left out for ${row.id}: it holds for ever, or until its event`,
    });
  }
  return row;
}

function subjectOf({ email, domain, company }: PutSuppression): SuppressionSubject {
  if (email !== undefined) return { kind: 'person', value: email };
  if (domain !== undefined)
    return { kind: 'domain', value: normalSubject({ kind: 'domain', value: domain }) };
  const subject: SuppressionSubject = { kind: 'company', value: company ?? '' };
  if (normalSubject(subject) !== '') return subject;
  // Otherwise all that have no name would be one company.
  throw refused('no-subject', 'Nothing can be recognized by this', {
    path: 'company',
    message: 'must hold letters or digits by which it can be recognized',
  });
}

/** The reason is told to whoever asks, and outlives the erasure of the person's data. */
function checkReason({ reason }: PutSuppression): void {
  if (!/\S@\S/.test(reason)) return;
  throw refused('reason-names-person', 'The reason names somebody', {
    path: 'reason',
    message: 'must not hold a mail address',
  });
}

/** The same request as the one that was stored, unless its window is over: then somebody is suppressed once more. */
function isSame(policy: CompiledPolicy, stored: Suppression, body: PutSuppression, now: EpochMs): boolean {
  const { reason, by, leadId = null, scenario } = body;
  const same = stored.reason === reason && stored.origin.by === by && stored.origin.leadId === leadId;
  if (!same) return false;
  if (body.until !== undefined) return stored.until === body.until;
  const isOver = stored.until !== null && storedMs(stored.until) <= now;
  return !isOver && stored.until === windowOf(policy, scenario, stored.from);
}

function givenEnd({ until }: PutSuppression, now: EpochMs): string | undefined {
  if (until === undefined || storedMs(until) > now) return until;
  throw refused('until-passed', 'The window would be over', {
    path: 'until',
    message: `must lie in the future: it is ${iso(now)} now`,
  });
}

function refused(type: string, title: string, error: { path: string; message: string }): Problem {
  return new Problem(422, type, title, `${error.path} ${error.message}.`, { errors: [error] });
}
