/** A new version is deployed while executions wait, and then the old one again: who waits finishes once. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LeadDetail } from '../../lambdas/api/schemas/lead-view.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { PROJECT } from '../../tools/shared/cdk.ts';
import { clientsAt } from './aws.ts';
import {
  deployRow,
  e2eRow,
  eventually,
  executionsOf,
  type Live,
  liveRow,
  peopleFor,
  request,
} from './rows.ts';

const PARTNER = 'movers';
const RUN = Math.round(performance.timeOrigin).toString(36);
/** Seconds of the new version; the old one has others (policy/e2e.yaml). */
const NEW_TARGET = 'PT33S';
const NEW_VERSION = '2026.1-moved-up';
/** Rungs of a ladder of 24 seconds and of one of 33 are over by then, and the reconciler has not been needed. */
const OVER_SECONDS = 150;

/** What was shown. */
export interface MovedUp {
  /** Seconds that each deployment took: the new version, the old one again. */
  deployedIn: [number, number];
  leads: Ended[];
}

interface Ended {
  /** What became of it, as its record says. */
  lead: string;
  /** The policy under which it began, and what that promised. */
  policyVersion: string;
  target: string;
  /** Rungs of its response ladder that were climbed, each once. */
  rungs: string[];
  /** Mails about it; none went to the same person twice. */
  mails: number;
  /** Executions, all of which have succeeded or wait for what comes after the response. */
  executions: number;
}

/**
 * Submits leads to `e2e`, deploys it with another policy while they wait, submits more, deploys the old version again
 * while those wait, and follows all of them to their end.
 * @throws AssertionError if a deadline moved, a rung was climbed twice or not at all, or an execution failed
 */
export async function moveUp(endpoint: string): Promise<MovedUp> {
  const old = await liveRow(endpoint, e2eRow());
  await peopleFor(old.api, PARTNER);
  // One climbs its ladder while the stacks change, one waits for its first rung all the time.
  const climbing = await submit(old, 'climbs', 'demo_request');
  const waiting = await submit(old, 'waits', 'partner_referral');

  const [up, upIn] = await timed(() => deployRow(endpoint, [e2eRow({ policyFile: newPolicy() })], 'e2e'));
  const renewed = await submit(up, 'comes-after', 'demo_request');
  assert.equal(clockOf(renewed).target, NEW_TARGET, 'a lead that comes after takes the new number');
  assert.notEqual(renewed.policyVersion, climbing.policyVersion);

  const [down, downIn] = await timed(() => deployRow(endpoint, [e2eRow()], 'e2e'));
  const reverted = await submit(down, 'comes-last', 'demo_request');
  assert.equal(clockOf(reverted).target, clockOf(climbing).target, 'the old number is back');
  await contact(down, waiting);

  const leads = [await finished(endpoint, down, waiting)];
  assert.equal(leads[0]?.rungs.includes('incident'), false, 'who is contacted climbs no further');
  for (const begun of [climbing, renewed, reverted]) {
    const ended = await finished(endpoint, down, begun);
    assert.equal(ended.rungs.includes('incident'), true, 'who is not contacted climbs to the end');
    leads.push(ended);
  }
  return { deployedIn: [upIn, downIn], leads };
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await run(), (performance.now() - began) / 1000];
}

/** A policy that differs from the suite's in a number. @returns its path from the project's folder */
function newPolicy(): string {
  const file = path.join('dist', 'e2e', 'moved-up.yaml');
  mkdirSync(path.join(PROJECT, 'dist', 'e2e'), { recursive: true });
  const lines = [
    'extends: ../../policy/e2e.yaml',
    'name: lead-sla moved up',
    `version: '${NEW_VERSION}'`,
    `sources: [{ id: demo_request, target: ${NEW_TARGET} }]`,
  ];
  writeFileSync(path.join(PROJECT, file), `${lines.join('\n')}\n`);
  return file;
}

async function submit(live: Live, name: string, source: string): Promise<LeadDetail> {
  const body = request(`${name}-${RUN}`, PARTNER, source);
  const { leadId } = (await live.api.call('POST', 'leads', body)) as LeadDetail;
  await eventually(
    `an owner of the lead that ${name}`,
    30,
    async () => (await read(live, leadId)).owner !== null,
  );
  return read(live, leadId);
}

async function read({ api }: Live, leadId: string): Promise<LeadDetail> {
  return (await api.call('GET', `leads/${leadId}`)) as LeadDetail;
}

/** The first clock of the response ladder: what the lead was promised when it came. */
function clockOf({ clocks, leadId }: LeadDetail): LeadDetail['clocks'][number] {
  const clock = clocks.find(({ commitment }) => commitment === 'mql.respond');
  if (clock === undefined) throw new Error(`lead ${leadId} has no clock mql.respond`);
  return clock;
}

async function contact({ api }: Live, { leadId, owner }: LeadDetail): Promise<void> {
  await api.call('POST', `leads/${leadId}/activities`, {
    ...{ activityId: `call-${RUN}`, type: 'call', outcome: 'connected', personId: owner?.personId },
    occurredAt: new Date(systemClock.now()).toISOString(),
    recordedBy: { kind: 'system', name: 'dialler' },
  });
}

/** The end of the name of an execution of the response: the lead's own ladder, or that of a new owner. */
const OF_THE_RESPONSE = /^lead-[^-]+-(?:\d+|owner-respond-\d+)(?:-r\d+)?$/;

/** Waits for the end of a lead's response and looks at what was done; what comes after it takes days. */
async function finished(endpoint: string, live: Live, begun: LeadDetail): Promise<Ended> {
  const { leadId } = begun;
  let executions: { name: string; status: string }[] = [];
  await eventually(`the end of lead ${leadId}`, OVER_SECONDS, async () => {
    executions = await executionsAbout(endpoint, live, leadId);
    const response = executions.filter(({ name }) => OF_THE_RESPONSE.test(name));
    return response.length > 0 && response.every(({ status }) => status !== 'RUNNING');
  });
  const isWell = ({ name, status }: (typeof executions)[number]): boolean =>
    status === 'SUCCEEDED' || (status === 'RUNNING' && !OF_THE_RESPONSE.test(name));
  assert.deepEqual(
    executions.filter((execution) => !isWell(execution)),
    [],
  );

  const ended = await read(live, leadId);
  const [was, is] = [clockOf(begun), clockOf(ended)];
  assert.equal(is.dueAt, was.dueAt, 'a deadline stays as it was promised');
  assert.equal(ended.policyVersion, begun.policyVersion, 'a lead keeps the policy it came under');
  const mails = await mailsAbout(endpoint, begun.crm.recordId);
  assert.deepEqual(mails, [...new Set(mails)], 'nobody is told the same thing twice');
  const rungs = is.rungs.filter(({ outcome }) => outcome === 'done').map(({ rung }) => rung);
  return {
    ...{ lead: begun.crm.recordId, policyVersion: begun.policyVersion, target: was.target },
    ...{ rungs, mails: mails.length, executions: executions.length },
  };
}

async function executionsAbout(endpoint: string, { deployed }: Live, leadId: string) {
  const { sfn } = clientsAt(endpoint);
  const machines = ['MqlResponseArn', 'CommitmentClockArn'].map((name) => deployed.outputs[name] ?? '');
  const all = (await Promise.all(machines.map((arn) => executionsOf(sfn, arn)))).flat();
  return all.filter(({ name }) => name.startsWith(`${leadId}-`));
}

interface Mails {
  messages: Record<string, { To: string[]; Subject: string }[]>;
}

/** Subject and recipient of each mail about a company, without the time that is left. */
async function mailsAbout(endpoint: string, company: string): Promise<string[]> {
  const { messages } = (await (await fetch(`${endpoint}/_ministack/ses/messages`)).json()) as Mails;
  return Object.values(messages)
    .flat()
    .filter(({ Subject }) => Subject.includes(company))
    .map(({ To, Subject }) => `${Subject.replace(/ \([^)]*\)(?=, “|$)/, '')} → ${To.join(', ')}`);
}
