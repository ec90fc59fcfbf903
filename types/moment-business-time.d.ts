/** The package carries no types; these are the parts that the benchmark calls. */
import 'moment-timezone';

declare module 'moment' {
  interface Moment {
    addWorkingTime(amount: number, unit: string): Moment;
  }
}
