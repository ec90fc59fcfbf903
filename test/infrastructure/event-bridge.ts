/**
 * What EventBridge does with an event, as far as our rules ask for it: matching a pattern, and making the input of a
 * target. Whatever its documentation leaves open is an error here, so that no rule of ours can come to depend on it.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Fields = { [key: string]: Json };

export interface Target {
  InputPath?: string;
  InputTransformer?: { InputPathsMap: Record<string, string>; InputTemplate: string };
  HttpParameters?: { PathParameterValues?: string[] };
}

/** Whether a rule with this pattern takes the event. @throws Error for an operator that is not known here */
export function matches(pattern: Fields, event: Fields): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return (wanted as Fields[]).some((branch) => matches(branch, event));
    const value = event[key];
    if (Array.isArray(wanted)) return wanted.some((item) => takes(item, value));
    return isFields(value) && matches(wanted as Fields, value);
  });
}

function takes(wanted: Json, value: Json | undefined): boolean {
  if (isFields(wanted)) {
    if (Object.keys(wanted).join() !== 'exists')
      throw new Error(`unknown operator ${JSON.stringify(wanted)}`);
    // EventBridge looks for leaves: an object does not exist for it.
    return (value !== undefined && !isFields(value)) === wanted['exists'];
  }
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
}

/** The text that the target gets. @throws Error where a variable has no value, or one of which no text is certain */
export function inputOf(target: Target, event: Fields): string {
  if (target.InputPath !== undefined) return JSON.stringify(at(event, target.InputPath));
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  const { InputPathsMap, InputTemplate } = target.InputTransformer;
  return InputTemplate.replace(/"(?:\\.|[^"\\])*"|<([\w-]+)>/g, (token, variable: string | undefined) => {
    if (variable === undefined) {
      if (/<[\w-]+>/.test(token)) throw new Error(`a variable within a text: ${token}`);
      return token;
    }
    const value = at(event, InputPathsMap[variable] ?? '');
    if (typeof value !== 'string') throw new Error(`no certain text for ${variable}`);
    // "EventBridge does not escape values": the quotes are all that it adds.
    return `"${value}"`;
  });
}

/** The path parameters of the request, in their order. */
export function pathOf(target: Target, event: Fields): string[] {
  return (target.HttpParameters?.PathParameterValues ?? []).map((path) => at(event, path) as string);
}

function at(event: Fields, path: string): Json {
  let value: Json | undefined = event;
  for (const key of path.replace(/^\$\./, '').split('.')) value = isFields(value) ? value[key] : undefined;
  if (value === undefined) throw new Error(`nothing at ${path}`);
  return value;
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
