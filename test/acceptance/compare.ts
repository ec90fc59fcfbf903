/** Holds what came of the scenarios on two engines against each other. */
import type { Outcome } from './outcome.ts';

export interface Difference {
  scenario: string;
  /** What differs: `states of A: 1`, `mails A: Reminder: … → owner 1`. */
  what: string;
  embedded: string;
  deployed: string;
  /** Why that is as it should be; left out where nobody knows. */
  explained?: string;
}

/** A difference that is known, and why there is one. */
export interface Known {
  scenario: RegExp;
  what: RegExp;
  why: string;
}

/** None: the engines do the same. */
export const KNOWN: readonly Known[] = [];

const NOTHING = 'nothing';
const PLAYED = 'played';

/**
 * Every difference in executions, mails and events, scenario by scenario. That only one engine has played a scenario is
 * one difference.
 */
export function differences(
  embedded: readonly Outcome[],
  deployed: readonly Outcome[],
  known: readonly Known[] = KNOWN,
): Difference[] {
  const scenarios = new Set([...embedded, ...deployed].map(({ scenario }) => scenario));
  return [...scenarios].flatMap((scenario) => {
    const here = factsOf(embedded.find((one) => one.scenario === scenario));
    const there = factsOf(deployed.find((one) => one.scenario === scenario));
    const names = here.size === 0 || there.size === 0 ? [PLAYED] : new Set([...here.keys(), ...there.keys()]);
    return [...names].flatMap((what) => {
      const [one, other] = [here.get(what) ?? NOTHING, there.get(what) ?? NOTHING];
      if (one === other) return [];
      const explained = known.find((row) => row.scenario.test(scenario) && row.what.test(what))?.why;
      const found = { scenario, what, embedded: one, deployed: other };
      return [explained === undefined ? found : { ...found, explained }];
    });
  });
}

/** Everything that has to be the same, by name. */
function factsOf(outcome: Outcome | undefined): Map<string, string> {
  if (outcome === undefined) return new Map();
  const { executions, mails, events } = outcome;
  return new Map([
    [PLAYED, 'yes'],
    ...Object.entries(executions).flatMap(([name, { machine, status, states }]): [string, string][] => [
      [`machine and status of ${name}`, `${machine}, ${status}`],
      [`states of ${name}`, states.join(' > ')],
    ]),
    ...Object.entries(mails).map(([name, times]): [string, string] => [`mails ${name}`, String(times)]),
    ...Object.entries(events).map(([name, times]): [string, string] => [`events ${name}`, String(times)]),
  ]);
}
