/** Hashes under a key that nobody but the functions knows: people are recognized by them, but not found out. */
import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SuppressionKind } from '../../core/model/suppression.ts';

/** The hash of a value of a kind: 32 hexadecimal digits, the same for the same value, kind and secret. */
export type KeyedHash = (kind: SuppressionKind, value: string) => Promise<string>;

/** The secret of the hashes. @throws the client's error, or Error if there is none to be had */
export type Secret = () => Promise<string>;

/** Half of an HMAC-SHA256, far more than it takes for two values never to meet. */
const DIGITS = 32;
/** A shorter secret could be guessed. */
const SHORTEST = 16;

/** The secret is asked for with the first hash, not before. */
export function keyedHash(secret: Secret): KeyedHash {
  return async (kind, value) =>
    createHmac('sha256', await secret())
      .update(`${kind}:${value}`)
      .digest('hex')
      .slice(0, DIGITS);
}

/**
 * The secret of this container: read when it is first needed and kept. All who ask at once wait for one answer; a
 * failure is not kept, so that the next one asks again.
 */
export function secretOf(client: Pick<SecretsManagerClient, 'send'>, arn: string): Secret {
  let asked: Promise<string> | undefined;
  return () => {
    asked ??= read(client, arn).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

async function read(client: Pick<SecretsManagerClient, 'send'>, arn: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (SecretString.length >= SHORTEST) return SecretString;
  throw new Error(`the secret of SUPPRESSION_SECRET_ARN must be a text of at least ${SHORTEST} characters`);
}
