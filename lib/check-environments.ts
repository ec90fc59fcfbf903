/** What would make a row of `environments.ts` fail late or in silence, found before anything is synthesized. */
import { isDetailType } from '../core/events/schemas.ts';
import type { CrmSettings, EnvironmentSettings, SlackSettings } from './environments.ts';

/** Twelve characters leave room for the longest function within the 64 that Lambda allows. */
const NAME = /^[a-z][a-z0-9-]{0,11}$/;

/** @throws Error that lists every mistake of every environment, a line each */
export function checkEnvironments(environments: readonly EnvironmentSettings[]): void {
  const names = environments.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const wrong = [
    ...twice.map((name) => `${name}: there are two environments of this name.`),
    ...environments.flatMap((settings) => mistakes(settings).map((what) => `${settings.name}: ${what}`)),
  ];
  if (wrong.length > 0) throw new Error(`lib/environments.ts is not right:\n  ${wrong.join('\n  ')}`);
}

function mistakes({ name, sender, slack, crm }: EnvironmentSettings): string[] {
  const found = NAME.test(name)
    ? []
    : ['a name has at most 12 lower-case letters, digits and hyphens, and begins with a letter.'];
  if (!/^[^\s@]+@[^\s@]+$/.test(sender)) found.push('the sender is not a mail address.');
  return [...found, ...(slack === undefined ? [] : ofSlack(slack)), ...(crm === undefined ? [] : ofCrm(crm))];
}

function ofSlack({ channel, facts }: SlackSettings): string[] {
  const found = /^[CG][A-Z0-9]{6,}$/.test(channel)
    ? []
    : ['slack.channel is the id of a channel, C and so on.'];
  if (facts.length === 0) found.push('slack.facts lists nothing; leave slack out instead.');
  const unknown = facts.filter((fact) => !isDetailType(fact));
  return [...found, ...unknown.map((fact) => `slack.facts: there is no event ${fact}.`)];
}

function ofCrm({ endpoint, oauth, fields, revision, under }: CrmSettings): string[] {
  const found =
    endpoint.split('*').length === 2 ? [] : ['crm.endpoint has one * in place of the id of the record.'];
  const addresses = [endpoint, ...(oauth === undefined ? [] : [oauth.tokenEndpoint])];
  if (addresses.some((address) => !address.startsWith('https://')))
    found.push('crm: only https leaves here.');
  const columns = [...Object.values(fields), ...(revision === undefined ? [] : [revision])];
  if (new Set(columns).size < columns.length) found.push('crm.fields: two of them have the same name.');
  if ([...columns, ...(under === undefined ? [] : [under])].includes(''))
    found.push('crm.fields: a name is empty.');
  return found;
}
