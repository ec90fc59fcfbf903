import { openClock, keepClock } from '../../../local/data/clock-file.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { DAY, MINUTE, START, makeFolder } from './fixtures/bench.ts';

const real = { at: 1_000_000, now: () => real.at };

describe('the runner’s clock', () => {
  it('is the system’s own without options', () => {
    const clock = new VirtualClock(undefined, 1, real);
    real.at += 5000;
    expect(clock.now()).toBe(real.at);
    expect(clock.moved).toBe(false);
  });

  it.each([
    [1, 1000],
    [60, 60_000],
    [0.5, 500],
  ])('at speed %d lets %d ms pass in a second', (speed, passed) => {
    const clock = new VirtualClock(START, speed, real);
    real.at += 1000;
    expect(clock.now()).toBe(START + passed);
  });

  it('keeps its instant when the speed changes', () => {
    const clock = new VirtualClock(START, 60, real);
    real.at += 1000;
    clock.setSpeed(1);
    real.at += 1000;
    expect(clock.now()).toBe(START + MINUTE + 1000);
  });

  it('stands still while it is frozen and goes on from there', () => {
    const clock = new VirtualClock(START, 60, real);
    clock.freeze();
    real.at += 5000;
    clock.moveTo(START + DAY);
    expect(clock.now()).toBe(START + DAY);
    clock.thaw();
    real.at += 1000;
    expect(clock.now()).toBe(START + DAY + MINUTE);
  });

  it('never goes back, whatever the system’s clock does', () => {
    const clock = new VirtualClock(START, 1, real);
    clock.moveTo(START - DAY);
    real.at -= 10_000;
    expect(clock.now()).toBe(START);
  });

  it('tells real milliseconds until an instant', () => {
    const clock = new VirtualClock(START, 60, real);
    expect(clock.realDelay(START + MINUTE)).toBe(1000);
    expect(clock.realDelay(START - MINUTE)).toBe(0);
  });
});

describe('a clock that is opened again', () => {
  it('goes on from where it stood if it was moved', () => {
    const file = `${makeFolder()}/clock.json`;
    const before = openClock(file, { at: START, speed: 60 }, 0);
    before.moveTo(START + DAY);
    keepClock(file, before);
    const after = openClock(file, {}, 0);
    expect(after.speed).toBe(60);
    expect(after.now()).toBeGreaterThanOrEqual(START + DAY);
    expect(after.now()).toBeLessThan(START + DAY + 10 * MINUTE);
  });

  it('is real time if it never was anything else', () => {
    const file = `${makeFolder()}/clock.json`;
    keepClock(file, openClock(file, {}, 0));
    expect(openClock(file, {}, 0).moved).toBe(false);
  });

  it('is never before the last thing that happened', () => {
    const file = `${makeFolder()}/clock.json`;
    keepClock(file, openClock(file, { at: START }, 0));
    expect(openClock(file, {}, START + DAY).now()).toBeGreaterThanOrEqual(START + DAY);
  });

  it('refuses to go back', () => {
    const file = `${makeFolder()}/clock.json`;
    keepClock(file, openClock(file, { at: START }, 0));
    expect(() => openClock(file, { at: START - DAY }, 0)).toThrow(/time does not go back/);
  });
});
