/**
 * Counts what the database is asked for. Units of the tables are those that the database itself reports; it reports
 * none for indexes, so these are counted from the keys: a new or vanished entry is one write, a changed one is two.
 * A write whose condition fails costs as much as one that goes through.
 */
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LEADS_TABLE } from '../lambdas/shared/tables.ts';

export interface Units {
  requests: number;
  read: number;
  write: number;
}

interface Command {
  input: Record<string, unknown>;
}
interface Consumed {
  CapacityUnits?: number;
}
type Item = Record<string, unknown>;

const WRITES = [PutCommand, UpdateCommand, BatchWriteCommand];

export class Meter {
  units: Units = { requests: 0, read: 0, write: 0 };
  /** Index keys of the items as last written. */
  readonly #keys = new Map<string, (string | undefined)[]>();
  readonly #restore: () => void;
  readonly #written: (item: Item) => void;

  /** Counts from now on, for every client of this process. @param written told of every item that was written */
  constructor(written: (item: Item) => void = () => undefined) {
    this.#written = written;
    const prototype = DynamoDBDocumentClient.prototype as unknown as {
      send: (command: Command) => Promise<unknown>;
    };
    const own = Object.getOwnPropertyDescriptor(prototype, 'send');
    const original = prototype.send;
    const count = (command: Command, answer: unknown): void => this.#count(command, answer);
    prototype.send = async function (this: unknown, command: Command): Promise<unknown> {
      const isUpdate = command instanceof UpdateCommand;
      Object.assign(
        command.input,
        { ReturnConsumedCapacity: 'TOTAL' },
        isUpdate ? { ReturnValues: 'ALL_NEW' } : {},
      );
      try {
        const answer = await original.call(this as never, command);
        count(command, answer);
        return answer;
      } catch (error) {
        count(command, undefined);
        throw error;
      }
    };
    this.#restore = () => {
      if (own === undefined) delete (prototype as Partial<typeof prototype>).send;
      else Object.defineProperty(prototype, 'send', own);
    };
  }

  /** What was counted since the last time, and begins anew. */
  take(): Units {
    const taken = this.units;
    this.units = { requests: 0, read: 0, write: 0 };
    return taken;
  }

  /** Counts no longer. */
  remove(): void {
    this.#restore();
  }

  #count(command: Command, answer: unknown): void {
    this.units.requests += 1;
    const { ConsumedCapacity, Attributes } = (answer ?? {}) as {
      ConsumedCapacity?: Consumed | Consumed[];
      Attributes?: Item;
    };
    const isWrite = WRITES.some((kind) => command instanceof kind);
    const consumed = [ConsumedCapacity ?? []].flat();
    const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    if (!isWrite) {
      this.units.read += units;
      return;
    }
    const item = Attributes ?? (command.input['Item'] as Item | undefined);
    this.units.write += answer === undefined ? kilobytes(item ?? command.input) : units;
    if (answer === undefined || item === undefined) return;
    this.units.write += this.#indexWrites(item);
    this.#written(item);
  }

  #indexWrites(item: Item): number {
    const { pk, sk } = item;
    const now = LEADS_TABLE.indexes.map((index) => entryOf(item, index.partitionKey, index.sortKey));
    const id = `${String(pk)} ${String(sk)}`;
    const before = this.#keys.get(id) ?? [];
    this.#keys.set(id, now);
    return now.reduce((sum, entry, i) => {
      if (entry === before[i]) return sum;
      return sum + (entry === undefined || before[i] === undefined ? 1 : 2);
    }, 0);
  }
}

/** What an index holds of an item; undefined if the item is not in it. */
function entryOf(item: Item, partition: string, sort: string): string | undefined {
  const [p, s] = [item[partition], item[sort]];
  return typeof p === 'string' && typeof s === 'string' ? `${p} ${s}` : undefined;
}

function kilobytes(item: object): number {
  return Math.ceil(JSON.stringify(item).length / 1024);
}
