/**
 * What came of a scenario, in words that are the same on every engine: ids, instants and whose turn it was are taken
 * out, so that two engines can be held against each other.
 */
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import { managerOf } from './people.ts';
import type { Scene, SceneLead } from './scene.ts';

export interface Late {
  rung: string;
  commitment: string;
  ms: number;
}

export interface Outcome {
  scenario: string;
  engine: string;
  /** By normalised name: how it ended, and the states that it entered. */
  executions: Record<string, { machine: string; status: string; states: string[] }>;
  /** How many mails of each kind went to whom. */
  mails: Record<string, number>;
  /** How many events of each type, by commitment, were published. */
  events: Record<string, number>;
  figures: {
    /** Milliseconds from each lead's arrival to its owner. */
    toOwnerMs: number[];
    /** How much later than promised each rung was climbed. */
    lateness: Late[];
    /** The same where an operator had stopped the execution, so that another one had to take over first. */
    latenessAfterStop: Late[];
  };
}

export async function outcomeOf(scene: Scene): Promise<Outcome> {
  const { engine, leads, name } = scene;
  const [mails, events] = await Promise.all([engine.mails(), engine.events()]);
  const outcome: Outcome = {
    scenario: name,
    engine: engine.name,
    executions: {},
    mails: {},
    events: {},
    figures: { toOwnerMs: [], lateness: [], latenessAfterStop: [] },
  };
  for (const own of leads) {
    const view = await scene.lead(own.leadId);
    const label = (text: string): string => `${own.label}: ${text}`;
    const executions = await engine.executions(own.leadId);
    for (const { name: execution, machine, status, states } of executions) {
      outcome.executions[label(execution.slice(own.leadId.length + 1))] = { machine, status, states };
    }
    for (const { to, subject } of mails) {
      // Of whom is erased the runner drops its copies of mails; on AWS nobody keeps any.
      if (view.erasedAt !== null || !subject.includes(own.company)) continue;
      count(outcome.mails, label(`${kindOf(subject, own)} → ${whoIs(to, view)}`));
    }
    for (const { detailType, detail } of events) {
      if (detail.data['leadId'] !== own.leadId) continue;
      const { commitment } = detail.data;
      count(
        outcome.events,
        label(typeof commitment === 'string' ? `${detailType} ${commitment}` : detailType),
      );
    }
    outcome.figures.toOwnerMs.push(...(own.toOwnerMs === null ? [] : [Math.round(own.toOwnerMs)]));
    const { lateness, latenessAfterStop } = outcome.figures;
    const stopped = executions.some(({ status }) => status === 'ABORTED');
    (stopped ? latenessAfterStop : lateness).push(...latenessOf(view));
  }
  return outcome;
}

/** Ids of events that were published more than once. */
export async function repeatedEvents(scene: Scene): Promise<string[]> {
  const ids = (await scene.engine.events())
    .filter(({ detail }) => scene.leads.some(({ leadId }) => detail.data['leadId'] === leadId))
    .map(({ detail }) => detail.metadata.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The subject without the company and without the time left. */
function kindOf(subject: string, { company }: SceneLead): string {
  return subject
    .replace(company, '…')
    .replace(/ \([^)]*\)(, “.*)?$/, '')
    .trim();
}

/**
 * Owners by the order in which they had the lead, the AE, and the owners' managers: whose turn it is depends on what
 * else is routed.
 */
function whoIs(address: string, view: LeadView): string {
  const personId = address.split('@')[0] ?? address;
  const owners = [...view.previousOwners, ...(view.owner === null ? [] : [view.owner])];
  const owns = owners.findIndex((owner) => owner.personId === personId);
  if (owns !== -1) return `owner ${owns + 1}`;
  if (view.life.handoff?.ae.personId === personId) return 'AE';
  const manages = owners.findIndex((owner) => managerOf(owner.personId) === personId);
  return manages === -1 ? personId : `manager of owner ${manages + 1}`;
}

function latenessOf({ clocks }: LeadView): Late[] {
  return clocks.flatMap(({ commitment, rungs }) =>
    rungs.flatMap(({ rung, at, doneAt, outcome }) =>
      doneAt === null || outcome !== 'done'
        ? []
        : [{ rung, commitment, ms: Date.parse(doneAt) - Date.parse(at) }],
    ),
  );
}
