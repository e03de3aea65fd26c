import { sequence } from '../sequence.ts';

/** Choices from a fixed sequence: the same seed makes the same world. */
export interface Chance {
  number(): number;
  /** Both bounds are included. */
  whole(from: number, to: number): number;
  happens(share: number): boolean;
  one<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], count: number): T[];
}

export function createChance(seed: number): Chance {
  const number = sequence(seed);
  const whole = (from: number, to: number): number => from + Math.floor(number() * (to - from + 1));
  const one = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(number() * list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return {
    number,
    whole,
    happens: (share) => number() < share,
    one,
    some(list, count) {
      const rest = [...list];
      const chosen = [];
      while (chosen.length < count && rest.length > 0) {
        chosen.push(...rest.splice(Math.floor(number() * rest.length), 1));
      }
      return chosen;
    },
  };
}
