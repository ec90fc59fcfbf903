/** A lead's first moments, by the functions that make them: posted, started, given to somebody, told. */
import type { RunState, WorkflowState } from '../../core/model/effects.ts';
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import { handler as submitLead } from '../../lambdas/api/submit-lead/handler.ts';
import { handler as assignOwner } from '../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../lambdas/workflow/notify-owner/handler.ts';
import { call, type Ask } from '../lambdas/support/event.ts';
import type { Backend } from './services.ts';

export interface Answered<T> {
  status: number;
  headers: Record<string, unknown>;
  body: T & { type: string; errors: { path: string; message: string }[] };
}

type Handler = Parameters<typeof call>[0];

/** Calls an API function; the body is of the shape that its route declares, or a problem. */
export async function ask<T = LeadView>(handler: Handler, request: Ask): Promise<Answered<T>> {
  const answer = await call(handler, request);
  return { ...answer, body: answer.body as unknown as Answered<T>['body'] };
}

/** A demo request of an enterprise in Massachusetts, qualified now: due in five minutes. */
export function demo(backend: Backend, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    crm: { system: 'salesforce', recordId: backend.recordId },
    qualifiedAt: backend.now(),
    source: 'demo_request',
    score: 70,
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
    company: { name: 'Example', employees: 1200 },
    ...change,
  };
}

/** Posts a lead. */
export function submit(backend: Backend, change: Record<string, unknown> = {}): Promise<Answered<LeadView>> {
  return ask(submitLead, { body: demo(backend, change) });
}

/** Posts a lead and gives what its execution begins with. */
export async function arrived(
  backend: Backend,
  change: Record<string, unknown> = {},
): Promise<WorkflowState> {
  const { status, body } = await submit(backend, change);
  const input = backend.started.get(`${body.leadId}-1`);
  if (status !== 202 || input === undefined) throw new Error(JSON.stringify(body));
  return input;
}

/** The state of a lead's execution, as a step has handed it on. */
export async function leadState(step: Promise<RunState>): Promise<WorkflowState> {
  const state = await step;
  if ('ticketId' in state) throw new Error(`a step of a lead has gone on with ${state.ticketId}`);
  return state;
}

/** Posts a lead and lets its execution find and tell an owner: the state that waits for the first rung. */
export async function owned(backend: Backend, change: Record<string, unknown> = {}): Promise<WorkflowState> {
  return leadState(notifyOwner(await assignOwner(await arrived(backend, change))));
}
