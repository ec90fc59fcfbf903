import { readFile } from 'node:fs/promises';
import { MappingError, parseMapping } from '../../../local/replay/mapping.ts';

const GOOD = `
name: test
lead:
  crm.system: { constant: crm }
  crm.recordId: { column: Id }
  qualifiedAt: { time: Created, zone: Europe/Berlin }
  source: { constant: demo_request }
`;

function findings(text: string): string {
  try {
    parseMapping(text, 'test.yaml');
  } catch (error) {
    if (error instanceof MappingError) return error.message;
    throw error;
  }
  return 'no findings';
}

describe('a mapping', () => {
  test('is taken as it is written, with defaults for what it leaves out', () => {
    const mapping = parseMapping(GOOD, 'test.yaml');
    expect(mapping.lead['qualifiedAt']).toEqual({ time: 'Created', zone: 'Europe/Berlin', order: 'ymd' });
    expect(mapping).toMatchObject({ notes: [], delimiter: ',' });
  });

  test.each([
    [
      'a field that a lead does not have',
      '  contact.shoeSize: { column: A }',
      'lead > contact.shoeSize: is no field of a lead',
    ],
    [
      'a value of no known kind',
      '  score: { colum: A }',
      'lead > score: must have one of the keys column, constant',
    ],
    [
      'an unknown stand-in',
      '  contact.email: { standIn: mail }',
      'lead > contact.email > standIn: Invalid option',
    ],
    ['a misspelt key', '  score: { column: A, esle: 3 }', 'lead > score: Unrecognized key: "esle"'],
    ['an instant for a text', '  contact.title: { time: A, zone: UTC }', 'contact.title: is no instant'],
    [
      'an empty column name',
      "  score: { column: '' }",
      'lead > score > column: must be the name of a column',
    ],
  ])('with %s is refused with the path', (_what, line, message) => {
    expect(findings(GOOD + line)).toContain(message);
  });

  test.each([
    ['zone: Europe/Berlin', 'zone: Berlin', 'qualifiedAt > zone: must be a time zone of the IANA database'],
    [
      'zone: Europe/Berlin',
      "zone: UTC, spread: ['20:00', '07:00']",
      'qualifiedAt > spread: must be two times of day',
    ],
    [
      'zone: Europe/Berlin',
      "zone: UTC, spread: ['7', '25:00']",
      'qualifiedAt > spread > 1: must be a time of day',
    ],
    ['{ time: Created, zone: Europe/Berlin }', '{ column: Created }', 'qualifiedAt: is the arrival time'],
    ['{ column: Id }', '{ constant: one }', 'crm.recordId: must be taken from a column'],
    ['  source: { constant: demo_request }', '', 'source: is missing: a lead needs it'],
    ['name: test', 'title: test', '(whole file): Unrecognized key: "title"'],
  ])('with "%s" written as "%s" is refused', (right, wrong, message) => {
    expect(findings(GOOD.replace(right, wrong))).toContain(message);
  });

  test('tells every finding at once', () => {
    const text = findings(`${GOOD.replace('Europe/Berlin', 'Nowhere')}  score: {}\n`);
    expect(text).toContain('qualifiedAt > zone');
    expect(text).toContain('lead > score');
  });

  test('that is no YAML is refused with the place', () => {
    expect(findings('name: [')).toMatch(/test.yaml is not YAML: .*line 1/s);
  });

  test.each(['olist', 'leads'])('lies in the samples as %s', async (name) => {
    const file = `samples/${name}.map.yaml`;
    expect(parseMapping(await readFile(file, 'utf8'), file).contacts).toBeDefined();
  });
});
