import { Cron } from 'croner';

/** When rounds begin, by the clocks of a time zone. */
export interface Schedule {
  /** The first time after that moment. */
  next(after: Date): Date;
  /** The last time at or before that moment; null when it is more than a year back. */
  last(upTo: Date): Date | null;
}

/**
 * Reads a line as cron takes it: minute, hour, day, month, day of the week.
 * @throws {RangeError} with what is accepted, as the end of a sentence
 */
export function readSchedule(line: string, timeZone: string): Schedule {
  const accepted =
    'must be five fields as cron takes them (minute, hour, day, month, day of the week), like 0 9 * * 1-5';
  const cron = open();
  if (cron.nextRun() === null) throw new RangeError(`${accepted}; no day fits it`);
  return {
    next(after) {
      const found = cron.nextRun(after);
      if (found === null) throw new RangeError(`${accepted}; no day fits it`);
      return found;
    },
    last(upTo) {
      // A moment itself does not count as before it.
      const [found] = cron.previousRuns(1, new Date(upTo.getTime() + 1_000));
      return found !== undefined && upTo.getTime() - found.getTime() < YEAR_MS ? found : null;
    },
  };

  function open(): Cron {
    try {
      return new Cron(line, { paused: true, timezone: timeZone, mode: '5-part' });
    } catch (error) {
      throw new RangeError(accepted, { cause: error });
    }
  }
}

/** Whether it names a time zone, as the database of IANA does. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

const YEAR_MS = 366 * 86_400_000;
