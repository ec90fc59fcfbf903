import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { keyedHash, secretOf } from '../../../lambdas/shared/keyed-hash.ts';
import { problemOf } from '../../../lambdas/shared/problem.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:1:secret:suppression-key';
const SECRET = 'a secret of some length';
const manager = mockClient(SecretsManagerClient);
const reads = () => manager.commandCalls(GetSecretValueCommand).length;
const hashed = () => keyedHash(secretOf(new SecretsManagerClient({ region: 'eu-west-1' }), ARN));

beforeEach(() => {
  manager.reset();
  manager.on(GetSecretValueCommand, { SecretId: ARN }).resolves({ SecretString: SECRET });
});

describe('a hash', () => {
  const under = (secret: string) => keyedHash(() => Promise.resolve(secret));

  it('is an HMAC-SHA256, by its first 32 digits', async () => {
    // printf 'person:ada@example.com' | openssl dgst -sha256 -hmac 'a secret of some length'
    expect(await under(SECRET)('person', 'ada@example.com')).toBe('5507d7ac43dff09114aa81f620774beb');
  });

  it('differs by value, by kind and by secret', async () => {
    const all = await Promise.all([
      under(SECRET)('person', 'a.example'),
      under(SECRET)('person', 'b.example'),
      under(SECRET)('domain', 'a.example'),
      under(`${SECRET}!`)('person', 'a.example'),
    ]);
    expect(new Set(all).size).toBe(4);
  });
});

describe('the secret', () => {
  it('is not read before it is needed, and then once, for all who ask at once and later', async () => {
    const hash = hashed();
    expect(reads()).toBe(0);
    const all = await Promise.all([hash('person', 'a'), hash('person', 'a'), hash('domain', 'a')]);
    expect(all[0]).toBe(all[1]);
    expect(await hash('person', 'a')).toBe(all[0]);
    expect(reads()).toBe(1);
  });

  it('is asked for again after a failure, which a caller may repeat', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    manager.on(GetSecretValueCommand).rejectsOnce(throttled).resolves({ SecretString: SECRET });
    const hash = hashed();
    const first = await Promise.allSettled([hash('person', 'a'), hash('person', 'b')]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(problemOf(first[0].status === 'rejected' ? first[0].reason : null).status).toBe(503);
    expect(reads()).toBe(1);
    expect(await hash('person', 'a')).toMatch(/^[0-9a-f]{32}$/);
    expect(reads()).toBe(2);
  });

  it('that is missing is a fault of ours', async () => {
    manager
      .on(GetSecretValueCommand)
      .rejects(new ResourceNotFoundException({ $metadata: {}, message: 'no such secret' }));
    const error: unknown = await hashed()('person', 'a').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(problemOf(error).status).toBe(500);
  });

  it.each([[undefined], [''], ['too short']])(
    'that is %p is refused, and not quoted',
    async (SecretString) => {
      manager.on(GetSecretValueCommand).resolves({ SecretString });
      await expect(hashed()('person', 'a')).rejects.toThrow(
        /^the secret of SUPPRESSION_SECRET_ARN must be a text of at least 16 characters$/,
      );
    },
  );
});
