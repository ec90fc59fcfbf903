export interface NumberedLine {
  line: string;
  /** From 1, blank lines counted. */
  number: number;
}

/** The lines that each chunk of text completes; the last one need not end with a line feed. */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<NumberedLine[]> {
  let rest = '';
  let number = 0;
  const numbered = (line: string): NumberedLine => ({ line, number: ++number });
  for await (const chunk of chunks) {
    const complete = (rest + chunk).split('\n');
    rest = complete.pop() ?? '';
    if (complete.length > 0) yield complete.map(numbered);
  }
  if (rest !== '') yield [numbered(rest)];
}
