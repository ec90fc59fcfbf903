/** Exports of a CRM and their mappings: whatever they hold, each row is a lead or has a reason why not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { iso } from '../../core/time.ts';
import { arrivalOf, readLeads } from '../../local/replay/leads.ts';
import { MappingError, parseMapping } from '../../local/replay/mapping.ts';
import { ExportError } from '../../local/replay/rows.ts';
import { anyText } from './texts.ts';

describe('an export', () => {
  const mapping = parseMapping(
    `
name: test
lead:
  crm.system: { constant: crm }
  crm.recordId: { column: Id }
  qualifiedAt: { time: Created, zone: Europe/Berlin, order: dmy, spread: ['08:00', '09:00'] }
  source: { column: Source, map: { Web: demo_request }, else: content_download }
  score: { column: Score }
  contact.firstName: { column: Name }
`,
    'test.yaml',
  );
  const cell = anyText(
    '1',
    '.',
    '/',
    '2026',
    ' ',
    '12:00',
    'PM',
    '+02:00',
    '=1+1',
    '"',
    ',',
    '\n',
    '-5',
    '1e999',
  );

  it('gives a lead or a reason for each row of cells', () => {
    const cells = fc.record(
      { Id: cell, Created: cell, Source: cell, Score: cell, Name: cell },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(cells, (given) => {
        const read = arrivalOf({ line: 2, cells: given }, mapping);
        if ('reason' in read) expect(read.reason.length).toBeGreaterThan(0);
        else expect(read.body.qualifiedAt).toBe(iso(read.at));
      }),
      { numRuns: 500 },
    );
  });

  it('of any content is read row by row or refused as a whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lead-sla-csv-'));
    const file = join(folder, 'export.csv');
    const header = fc.constantFrom(
      'Id,Created,Source,Score,Name\n',
      '\ufeffId,Created,Source,Score,Name\r\n',
      '',
    );
    const rows = fc.array(
      fc.oneof(cell, fc.constantFrom('a,1.2.2026,Web,5,Ada\n', '\r', '\n', '"', ',,,,\n')),
    );
    try {
      await fc.assert(
        fc.asyncProperty(header, rows, fc.uint8Array({ maxLength: 8 }), async (first, rest, tail) => {
          writeFileSync(file, Buffer.concat([Buffer.from(first + rest.join('')), Buffer.from(tail)]));
          try {
            const { arrivals, bad } = await readLeads(file, mapping);
            for (const row of [...arrivals, ...bad]) expect(row.line).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(ExportError);
          }
        }),
        { numRuns: 150 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('needs a mapping, of which any text is refused with its findings', () => {
    const parts = [
      'name: a\n',
      'lead:\n',
      '  score: ',
      '{ column: A }\n',
      '{ constant: 1 }\n',
      '*x',
      '&x ',
      '[',
      '- ',
    ];
    fc.assert(
      fc.property(anyText(...parts), (text) => {
        expect(() => parseMapping(text, 'test.yaml')).toThrow(MappingError);
      }),
      { numRuns: 300 },
    );
  });
});
