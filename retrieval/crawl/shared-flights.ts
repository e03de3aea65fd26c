import { PageError } from '../errors.ts';
import { orAborted } from './deadline.ts';

/** Work that is done once for all who ask for it at the same time. */
export interface SharedFlights<T> {
  /**
   * What `start` resolves to, or a rejection with the signal's reason: whoever leaves takes nothing
   * from the others, and the last to leave stops the work.
   */
  join(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Flight<T> {
  result: Promise<T>;
  passengers: number;
  controller: AbortController;
}

export function createSharedFlights<T>(): SharedFlights<T> {
  const flights = new Map<string, Flight<T>>();

  const takeOff = (key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const controller = new AbortController();
    const flight: Flight<T> = { result: start(controller.signal), passengers: 0, controller };
    flights.set(key, flight);
    return flight;
  };

  return {
    async join(key, signal, start) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.passengers += 1;
      try {
        return await orAborted(flight.result, signal);
      } finally {
        flight.passengers -= 1;
        // Who comes now wants a new one: this one has landed, or nobody is left in it.
        if ((flight.passengers === 0 || !signal.aborted) && flights.get(key) === flight) {
          flights.delete(key);
        }
        if (flight.passengers === 0) {
          flight.controller.abort(new PageError('cancelled', { retryable: true }));
        }
      }
    },
  };
}
