import { answer, type PolicySource } from './answer.ts';
import { lines } from './lines.ts';

/** Answers each chunk's complete lines as soon as it has come, so that a caller may wait for one before the next. */
export async function* answers(chunks: AsyncIterable<string>, policy: PolicySource): AsyncGenerator<string> {
  for await (const batch of lines(chunks)) {
    let text = '';
    for (const { line, number } of batch) {
      if (line.trim() === '') continue;
      text += `${JSON.stringify(await answer(line, number, policy))}\n`;
    }
    if (text !== '') yield text;
  }
}
