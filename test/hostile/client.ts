/** A client that sends what no well-behaved one would: any bytes, any path, any header. */
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Story } from '../support/story.ts';

export interface Sent {
  method?: string;
  /** As it is, without any normalisation. */
  path?: string;
  /** On top of the key and the type of JSON; undefined leaves one out. */
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
  /** Without a length. */
  chunked?: boolean;
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The fields of a problem; empty for any other answer. */
  problem: { type?: string; status?: number; detail?: string; errors?: { path: string; message: string }[] };
}

export async function send(story: Story, sent: Sent): Promise<Got> {
  const { url, apiKey } = story.endpoint;
  const { method = 'POST', path = '/v1/leads', body, chunked = false } = sent;
  const given: Record<string, string | undefined> = {
    'x-api-key': apiKey,
    'content-type': 'application/json',
    ...sent.headers,
  };
  const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const out = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      // The server may hang up on a body that it does not want; what counts is that it has answered.
      out.off('error', reject).on('error', () => undefined);
      text(response).then((all) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: all,
          problem: problemIn(all),
        });
      }, reject);
    });
    out.on('error', reject);
    if (chunked) out.setHeader('transfer-encoding', 'chunked');
    else if (body !== undefined) out.setHeader('content-length', Buffer.byteLength(body));
    out.end(body);
  });
}

/** Sends bytes on a bare connection and gives what comes back until it is closed. */
export async function sendRaw(story: Story, bytes: string, limitMs = 20_000): Promise<string> {
  const { hostname, port } = new URL(story.endpoint.url);
  return new Promise((resolve, reject) => {
    let got = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setTimeout(limitMs, () => socket.destroy(new Error(`nothing more after ${got}`)));
    socket.on('data', (chunk) => (got += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(got));
  });
}

function problemIn(body: string): Got['problem'] {
  try {
    return JSON.parse(body) as Got['problem'];
  } catch {
    return {};
  }
}

/** What an answer may not hold: where the code is, what it is made of, how it fails. */
export const INTERNALS =
  /node_modules|\.(?:ts|js|mjs)\b|\n\s+at |arn:aws|lead-sla-(?!ed)|LeadsTable|RosterTable|dynamo|dynalite|fastify|find-my-way|zod|middy|SyntaxError|TypeError|RangeError|ZodError|FST_|HPE_|ERR_|ECONN|\/(?:work|home|tmp|root|usr|var)\//i;
