/** A lead's life after the first attempt, by the functions of the API, each command in words that pass. */
import type { Lead } from '../../core/model/lead.ts';
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import { handler as acceptLead } from '../../lambdas/api/accept-lead/handler.ts';
import { handler as aeAcceptLead } from '../../lambdas/api/ae-accept-lead/handler.ts';
import { handler as aeRejectLead } from '../../lambdas/api/ae-reject-lead/handler.ts';
import { handler as arbitrateLead } from '../../lambdas/api/arbitrate-lead/handler.ts';
import { handler as disposeLead } from '../../lambdas/api/dispose-lead/handler.ts';
import { handler as promoteLead } from '../../lambdas/api/promote-lead/handler.ts';
import { handler as recordActivity } from '../../lambdas/api/record-activity/handler.ts';
import { handler as recordIntroduction } from '../../lambdas/api/record-introduction/handler.ts';
import { handler as rejectLead } from '../../lambdas/api/reject-lead/handler.ts';
import { handler as resolveRejection } from '../../lambdas/api/resolve-rejection/handler.ts';
import { handler as signDiscoveryDelay } from '../../lambdas/api/sign-discovery-delay/handler.ts';
import { handler as writeBriefing } from '../../lambdas/api/write-briefing/handler.ts';
import { ask, owned } from './flow.ts';
import type { Answered } from './flow.ts';
import type { Backend } from './services.ts';

const HANDLERS = {
  accept: acceptLead,
  reject: rejectLead,
  promote: promoteLead,
  briefing: writeBriefing,
  introduce: recordIntroduction,
  aeAccept: aeAcceptLead,
  aeReject: aeRejectLead,
  arbitrate: arbitrateLead,
  signDelay: signDiscoveryDelay,
  resolve: resolveRejection,
  dispose: disposeLead,
};
export type Name = keyof typeof HANDLERS;

/** What a problem of a command says, beside the lead of an answer. */
export interface Said {
  allowed: string[];
  until: string | null;
  detail: string;
}

/** All that the SQL gate asks for; the economic buyer and the decision criteria are only preferred. */
export const SQL = {
  meeting: { startsAt: '2026-11-27T15:00:00Z', link: 'https://meet.example/room-4711' },
  pain: 'Releases wait three weeks for Zdenka.',
  timeline: 'Solved before the fair in March.',
  meddpic: {
    metrics: 'Two releases a week instead of one.',
    decision_process: 'The CTO signs after a trial.',
    implicate_pain: 'A customer left over a late fix.',
  },
};
/** The whole briefing. */
export const PARTS = {
  pain: 'Releases wait three weeks.',
  timeline: 'Wants it by March.',
  stakeholders: 'Zdenka decides, Quixwort signs.',
  meeting_context: 'Saw the demo at the fair.',
};

/** Bodies that pass; those of an AE name alice, who has to be the one. */
const BODIES: Record<Name, Record<string, unknown>> = {
  accept: { by: 'sam' },
  reject: { by: 'sam', code: 'REJ-03' },
  promote: { by: 'sam', ...SQL },
  briefing: { by: 'sam', parts: PARTS },
  introduce: { by: 'sam' },
  aeAccept: { by: 'alice', briefingRead: true },
  aeReject: { by: 'alice', code: 'AE-REJ-01' },
  arbitrate: { by: 'rex', personId: 'ben', reason: 'The account is in his territory.' },
  signDelay: { by: 'aaron', reason: 'The buyer travels until the 8th of December.' },
  resolve: { by: 'olive' },
  dispose: { by: 'sam', disposition: 'disqualified', reason: 'budget', detail: 'Nothing left until 2028.' },
};

/** Gives a command in words that pass, with whatever is changed about them. */
export function command(
  leadId: string,
  name: Name,
  change: Record<string, unknown> = {},
): Promise<Answered<LeadView & Said>> {
  return ask<LeadView & Said>(HANDLERS[name], { path: { leadId }, body: { ...BODIES[name], ...change } });
}

/** As {@link command}, and it has to pass. */
export async function done(
  leadId: string,
  name: Name,
  change: Record<string, unknown> = {},
): Promise<LeadView> {
  const { status, body } = await command(leadId, name, change);
  if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body;
}

/** An attempt of now; nobody answers. */
export async function attempted(backend: Backend, leadId: string, change: Record<string, unknown> = {}) {
  const { attempts } = await backend.lead(leadId);
  const { status } = await ask(recordActivity, {
    path: { leadId },
    body: {
      activityId: `a${attempts + 1}`,
      type: 'call',
      outcome: 'no_answer',
      occurredAt: backend.now(),
      recordedBy: { kind: 'system', name: 'dialler' },
      ...change,
    },
  });
  if (status >= 300) throw new Error(`the attempt was answered with ${status}`);
}

/** Somebody's lead, brought as far as this; the AE of an SQL is the only one there, alice. */
export async function broughtTo(
  backend: Backend,
  where: 'assigned' | 'sal' | 'sql' | 'handed_over' | 'opportunity',
  change: Record<string, unknown> = {},
): Promise<string> {
  const { leadId } = await owned(backend, change);
  const steps = ['assigned', 'sal', 'sql', 'handed_over', 'opportunity'].indexOf(where);
  if (steps >= 1) {
    await attempted(backend, leadId);
    await done(leadId, 'accept');
  }
  if (steps >= 2) await done(leadId, 'promote');
  if (steps >= 3) {
    await backend.away('ben');
    await done(leadId, 'briefing');
  }
  if (steps >= 4) await done(leadId, 'aeAccept');
  return leadId;
}

/** Whose the open handoff is. */
export const aeOf = ({ life }: Pick<Lead, 'life'>): string | undefined => life.handoff?.ae.personId;
