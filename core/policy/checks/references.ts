/** References to rows that do not exist. Roles, rungs and segments are fixed words, which the schema checks. */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import type { Among, Condition } from '../schema/lead-kinds.ts';
import { entries, unknownOf, wrong } from './finding.ts';

export function checkReferences(policy: Policy): PolicyIssue[] {
  const calendars = policy.calendars.map((row) => row.id);
  const sources = policy.sources.map((row) => row.id);
  const territories = policy.territories.map((row) => row.id);
  const pools = policy.pools.map((row) => row.id);
  const codes = [...policy.rejections, ...policy.aeRejections].map((row) => row.code);
  return [
    ...unknownOf('calendar', calendars, [
      ...policy.commitments.map((row, i) => ({ path: ['commitments', i, 'calendar'], value: row.calendar })),
      { path: ['afterHours', 'onCall', 'calendar'], value: policy.afterHours.onCall.calendar },
    ]),
    ...unknownOf('source', sources, [
      ...conditions(policy).flatMap(({ path, when }) => entries([...path, 'sources'], when.sources)),
      ...amongs(policy).flatMap(({ path, when }) => entries([...path, 'sources'], when.sources)),
      ...policy.scoring.acts.flatMap(({ source }, i) =>
        source === undefined ? [] : [{ path: ['scoring', 'acts', i, 'source'], value: source }],
      ),
      {
        path: ['marketing', 'inquiries', 'fallbackSource'],
        value: policy.marketing.inquiries.fallbackSource,
      },
    ]),
    ...unknownOf(
      'territory',
      territories,
      amongs(policy).flatMap(({ path, when }) => entries([...path, 'territories'], when.territories)),
    ),
    ...unknownOf(
      'pool',
      pools,
      policy.pools.map((row, i) => ({ path: ['pools', i, 'backup', 'pool'], value: row.backup.pool })),
    ),
    ...unknownOf('rejection code', codes, [
      ...entries(['routing', 'creditedReasons'], policy.routing.creditedReasons),
      ...entries(['aeRejectionReview', 'codes'], policy.aeRejectionReview.codes),
    ]),
    ...unknownOf(
      'scenario',
      policy.recycling.map((row) => row.id),
      policy.aeRejections.map((row, i) => ({ path: ['aeRejections', i, 'scenario'], value: row.scenario })),
    ),
    ...unknownOf(
      'disposition',
      policy.dispositions.map((row) => row.id),
      (['won', 'lost'] as const).map((name) => ({ path: ['closing', name], value: policy.closing[name] })),
    ),
    ...unknownOf(
      'commitment',
      policy.commitments.map((row) => row.id),
      commitmentReferences(policy),
    ),
    ...unknownOf(
      'scenario of recycling',
      policy.recycling.map((row) => row.id),
      scenarioReferences(policy),
    ),
    ...unknownReasons(policy),
    ...checkActs(policy),
  ];
}

function scenarioReferences({ rejections, dispositions }: Policy): { path: IssuePath; value: string }[] {
  return [
    ...rejections.flatMap(({ scenario }, i) =>
      scenario === undefined ? [] : [{ path: ['rejections', i, 'scenario'], value: scenario }],
    ),
    ...dispositions.flatMap(({ recycledAs }, i) =>
      Object.entries(recycledAs).map(([reason, value]) => ({
        path: ['dispositions', i, 'recycledAs', reason],
        value,
      })),
    ),
  ];
}

/** Reasons that are recycled have to be reasons of their disposition; what re-engages recycles for every reason. */
function unknownReasons({ dispositions }: Policy): PolicyIssue[] {
  return dispositions.flatMap(({ reasons, recycledAs, then }, i) => {
    const path = ['dispositions', i, 'recycledAs'];
    const recycled = Object.keys(recycledAs);
    const left = then === 're_engage' ? reasons.filter((reason) => !recycled.includes(reason)) : [];
    return [
      ...unknownOf(
        'reason of the disposition',
        reasons,
        recycled.map((value) => ({ path: [...path, value], value })),
      ),
      ...left.map((reason) =>
        wrong(path, recycledAs, `re_engage needs a row of recycling for ${reason}, too`),
      ),
    ];
  });
}

/** Acts are told by signals or seen by rules; a rule goes by what is told, never by what another rule has seen. */
function checkActs(policy: Policy): PolicyIssue[] {
  const { scoring, signals, signalRules, sources, mqlGate } = policy;
  const seen = signalRules.map(({ id }) => id);
  const known = [...new Set([...scoring.acts, ...signals, ...sources, ...signalRules].map(({ id }) => id))];
  const told = known.filter((id) => !seen.includes(id) || signals.some((row) => row.id === id));
  return [
    ...unknownOf('act', known, [
      ...entries(['mqlGate', 'intent', 'tier1', 'acts'], mqlGate.intent.tier1.acts),
      ...entries(['mqlGate', 'intent', 'tier2', 'acts'], mqlGate.intent.tier2.acts),
      ...signals.flatMap((row, i) => entries(['signals', i, 'also'], row.also)),
    ]),
    ...unknownOf(
      'signal',
      told,
      signalRules.flatMap(({ all }, i) =>
        all.map(({ act }, j) => ({ path: ['signalRules', i, 'all', j, 'act'], value: act })),
      ),
    ),
  ];
}

/** Whose leads a pool or a commitment takes, with its path. */
function amongs(policy: Policy): { path: IssuePath; when: Among }[] {
  return [
    ...policy.pools.map(({ when }, i) => ({ path: ['pools', i, 'when'], when })),
    ...policy.commitments.flatMap(({ when }, i) =>
      when === undefined ? [] : [{ path: ['commitments', i, 'when'], when }],
    ),
  ];
}

/** Every condition on leads, with its path. */
function conditions(policy: Policy): { path: IssuePath; when: Condition }[] {
  return [
    ...policy.tiers.flatMap((row, i) =>
      row.anyOf.map((when, j) => ({ path: ['tiers', i, 'anyOf', j], when })),
    ),
    ...policy.priorities.flatMap((row, i) =>
      row.anyOf.map((when, j) => ({ path: ['priorities', i, 'anyOf', j], when })),
    ),
    ...policy.segments.flatMap((row, i) =>
      row.targets.map(({ when }, j) => ({ path: ['segments', i, 'targets', j, 'when'], when })),
    ),
    ...policy.afterHours.onCall.anyOf.map((when, j) => ({
      path: ['afterHours', 'onCall', 'anyOf', j],
      when,
    })),
  ];
}

function commitmentReferences(policy: Policy): { path: IssuePath; value: string }[] {
  const { severities, customers, services } = policy.support;
  return [
    ...policy.opportunityTriggers.flatMap((row, i) => [
      { path: ['opportunityTriggers', i, 'remedy'], value: row.remedy },
      ...('missed' in row.when ? entries(['opportunityTriggers', i, 'when', 'missed'], row.when.missed) : []),
    ]),
    ...policy.meetings.map((row, i) => ({ path: ['meetings', i, 'commitment'], value: row.commitment })),
    { path: ['noShow', 'commitment'], value: policy.noShow.commitment },
    ...policy.stages.flatMap((row, i) => [
      { path: ['stages', i, 'age'], value: row.age },
      { path: ['stages', i, 'nextAction'], value: row.nextAction },
    ]),
    ...policy.partners.promises.map((row, i) => ({ path: ['partners', 'promises', i, 'of'], value: row.of })),
    ...severities.flatMap((row, i) => [
      { path: ['support', 'severities', i, 'response'], value: row.response },
      { path: ['support', 'severities', i, 'resolution'], value: row.resolution },
    ]),
    ...customers.map((row, i) => ({ path: ['support', 'customers', i, 'response'], value: row.response })),
    ...services.map((row, i) => ({ path: ['support', 'services', i, 'response'], value: row.response })),
  ];
}
