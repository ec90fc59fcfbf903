/** Work that has been started and not yet finished, a limited number at a time, in the order in which it came. */
export class InFlight {
  readonly #limit: number;
  readonly #queue: (() => Promise<void>)[] = [];
  #running = 0;
  #head = 0;
  #idle: (() => void)[] = [];
  #forRoom: { waiting: number; resolve: () => void }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts the work as soon as there is room. The work must not throw. */
  run(work: () => Promise<void>): void {
    this.#queue.push(work);
    this.#next();
  }

  /** As {@link run}, for work whose result or error somebody waits for. */
  done<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.run(() => work().then(resolve, reject));
    });
  }

  /** Resolves when at most so much work waits for its turn: for those who bring more of it. */
  room(waiting: number): Promise<void> {
    if (this.#queue.length - this.#head <= waiting) return Promise.resolve();
    return new Promise((resolve) => this.#forRoom.push({ waiting, resolve }));
  }

  /** Resolves when nothing runs and nothing waits to run. */
  settled(): Promise<void> {
    if (this.#running === 0 && this.#head === this.#queue.length) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (this.#running < this.#limit) {
      const work = this.#queue[this.#head];
      if (work === undefined) break;
      this.#head += 1;
      this.#running += 1;
      void work().finally(() => this.#finished());
    }
    if (this.#head > 1000 && this.#head === this.#queue.length) this.#forget();
    this.#letIn();
  }

  #letIn(): void {
    const left = this.#queue.length - this.#head;
    while (this.#forRoom[0] !== undefined && left <= this.#forRoom[0].waiting)
      this.#forRoom.shift()?.resolve();
  }

  #finished(): void {
    this.#running -= 1;
    this.#next();
    if (this.#running > 0) return;
    this.#forget();
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  #forget(): void {
    this.#queue.splice(0, this.#head);
    this.#head = 0;
  }
}
