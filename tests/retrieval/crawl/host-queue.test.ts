import { describe, expect, test } from 'vitest';

import { createHostQueue } from '../../../retrieval/crawl/host-queue.ts';
import type {
  HostQueue,
  RequestKind,
  Turn,
  TurnOptions,
} from '../../../retrieval/crawl/host-queue.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { manualClock } from '../../support/manual-clock.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

const signal = new AbortController().signal;
const one = new URL('https://one.test/page');
const other = new URL('https://other.test/page');

interface Line {
  queue: HostQueue;
  clock: ManualClock;
  /** Names, in the order in which they were let in, with the time; or why they were not. */
  log: string[];
  /** Enters, and stays until it is told to leave. */
  enter(name: string, options?: Partial<TurnOptions> & { url?: URL }): { leave(): Promise<void> };
}

function line(options: { maxWaiting?: number; maxHosts?: number } = {}): Line {
  const clock = manualClock();
  const queue = createHostQueue({ minGapMs: 200, clock, ...options });
  const log: string[] = [];
  return {
    queue,
    clock,
    log,
    enter(name, { url = one, kind = 'page', endsAt = 8000, signal: own = signal } = {}) {
      let turn: Turn | undefined;
      const enter = async (): Promise<void> => {
        try {
          turn = await queue.enter(url, { kind, endsAt, signal: own });
          log.push(`${name} at ${clock.now()}`);
        } catch (error) {
          log.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      };
      void enter();
      return {
        async leave() {
          await clock.advance(0);
          turn?.leave();
          await clock.advance(0);
        },
      };
    },
  };
}

describe('one host', () => {
  test('is asked one request at a time, 200 ms after the last had ended, in order', async () => {
    const { clock, log, enter } = line();
    const first = enter('first');
    const second = enter('second');
    const third = enter('third');
    await clock.advance(1000);
    expect(log).toEqual(['first at 0']);
    await first.leave();
    await clock.advance(199);
    expect(log).toEqual(['first at 0']);
    await clock.advance(1);
    expect(log).toEqual(['first at 0', 'second at 1200']);
    await clock.advance(50);
    await second.leave();
    await clock.advance(500);
    await third.leave();
    expect(log).toEqual(['first at 0', 'second at 1200', 'third at 1450']);
    expect(clock.waiting).toBe(0);
  });

  test('is one by http and by https, but another on another port', async () => {
    const { clock, log, enter } = line();
    enter('https');
    enter('http', { url: new URL('http://one.test/') });
    enter('port', { url: new URL('http://one.test:8080/') });
    await clock.advance(0);
    expect(log).toEqual(['https at 0', 'port at 0']);
  });

  test('holds no other host up', async () => {
    const { clock, log, enter } = line();
    enter('one');
    enter('other', { url: other });
    await clock.advance(0);
    expect(log).toEqual(['one at 0', 'other at 0']);
  });

  test('keeps the pause also when a turn is left twice', async () => {
    const { clock, log, enter } = line();
    const first = enter('first');
    await first.leave();
    enter('second');
    enter('third');
    await clock.advance(200);
    await first.leave();
    await clock.advance(1000);
    expect(log).toEqual(['first at 0', 'second at 200']);
  });

  test('keeps the pause also after many hosts were asked since', async () => {
    const { clock, log, enter } = line({ maxHosts: 2 });
    await enter('first').leave();
    for (const name of ['a', 'b', 'c', 'd']) {
      await enter(name, { url: new URL(`https://${name}.test/`) }).leave();
    }
    enter('second');
    await clock.advance(199);
    expect(log).not.toContain('second at 200');
    await clock.advance(1);
    expect(log).toContain('second at 200');
  });
});

describe('a site that asks for more time between pages', () => {
  test('is given it, from the end of one page to the start of the next', async () => {
    const { queue, clock, log, enter } = line();
    queue.pace(one, 3000);
    const first = enter('first');
    await clock.advance(100);
    await first.leave();
    enter('second');
    await clock.advance(2999);
    expect(log).toEqual(['first at 0']);
    await clock.advance(1);
    expect(log).toEqual(['first at 0', 'second at 3100']);
  });

  test('is asked for its robots.txt and for what a redirect leads to without it', async () => {
    const { queue, clock, log, enter } = line();
    queue.pace(one, 3000);
    const kinds: RequestKind[] = ['robots', 'page', 'hop'];
    for (const kind of kinds) {
      const turn = enter(kind, { kind });
      await clock.advance(200);
      await turn.leave();
    }
    expect(log).toEqual(['robots at 0', 'page at 200', 'hop at 600']);
  });

  test('lets a redirect pass pages that have to wait longer', async () => {
    const { queue, clock, log, enter } = line();
    queue.pace(one, 3000);
    await enter('first').leave();
    enter('page');
    enter('hop', { kind: 'hop' });
    await clock.advance(200);
    expect(log).toEqual(['first at 0', 'hop at 200']);
  });

  test('is not asked sooner than 200 ms because it asks for less', async () => {
    const { queue, clock, log, enter } = line();
    queue.pace(one, 10);
    await enter('first').leave();
    enter('second');
    await clock.advance(199);
    expect(log).toEqual(['first at 0']);
  });

  test('refuses at once who would come too late, and says why', async () => {
    const { queue, clock, log, enter } = line();
    queue.pace(one, 10_000);
    enter('first');
    enter('second');
    await clock.advance(0);
    expect(log).toEqual(['first at 0', 'second: the site asks for 10 s between pages']);
  });

  test('refuses who waits already, as soon as it is known', async () => {
    const { queue, clock, log, enter } = line();
    await enter('first').leave();
    enter('second');
    enter('third', { endsAt: 60_000 });
    queue.pace(one, 10_000);
    await clock.advance(10_000);
    expect(log).toEqual([
      'first at 0',
      'second: the site asks for 10 s between pages',
      'third at 10000',
    ]);
  });
});

describe('a site that wants to be left alone', () => {
  test('is not asked until then', async () => {
    const { queue, clock, log, enter } = line();
    queue.pause(one, 5000);
    enter('robots', { kind: 'robots' });
    await clock.advance(4999);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['robots at 5000']);
  });

  test('refuses at once who cannot wait so long, and says how long', async () => {
    const { queue, clock, log, enter } = line();
    enter('first');
    enter('second');
    queue.pause(one, 30_000);
    enter('third');
    enter('other', { url: other });
    await clock.advance(0);
    expect(log).toEqual([
      'first at 0',
      'second: the site asks to wait 30 s',
      'third: the site asks to wait 30 s',
      'other at 0',
    ]);
  });

  test('is left alone for an hour at most', async () => {
    const { queue, clock, log, enter } = line();
    queue.pause(one, 1e12);
    await clock.advance(3_600_000);
    enter('much later', { endsAt: 3_608_000 });
    await clock.advance(0);
    expect(log).toEqual(['much later at 3600000']);
  });
});

describe('who waits', () => {
  test('leaves when its caller gives up, and holds up nobody behind', async () => {
    const { clock, log, enter } = line();
    const controller = new AbortController();
    const first = enter('first');
    enter('second', { signal: controller.signal });
    enter('third');
    controller.abort(new PageError('cancelled', { retryable: true }));
    await first.leave();
    await clock.advance(200);
    expect(log).toEqual(['first at 0', 'second: cancelled', 'third at 200']);
  });

  test('is told that others took too long when its own time is over', async () => {
    const { clock, log, enter } = line();
    const controller = new AbortController();
    enter('first');
    enter('second', { signal: controller.signal });
    controller.abort(new PageError('timeout', { retryable: true }));
    await clock.advance(0);
    expect(log).toEqual(['first at 0', 'second: other pages of this site took too long']);
  });

  test('does not enter when its caller gave up before', async () => {
    const { clock, log, enter } = line();
    enter('late', { signal: AbortSignal.abort(new PageError('cancelled', { retryable: true })) });
    enter('next');
    await clock.advance(0);
    expect(log).toEqual(['late: cancelled', 'next at 0']);
  });

  test('is refused behind more pages than can be read in its time', async () => {
    const { clock, log, enter } = line();
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name, { endsAt: 800 });
    await clock.advance(0);
    expect(log).toEqual(['a at 0', 'e: too many pages of this site are waiting']);
  });

  test('is refused when the line is full', async () => {
    const { clock, log, enter } = line({ maxWaiting: 2 });
    for (const name of ['a', 'b', 'c', 'd']) enter(name);
    enter('other', { url: other });
    await clock.advance(0);
    expect(log).toContain('d: too many pages of this site are waiting');
    expect(log).toContain('a at 0');
    expect(log).toContain('other at 0');
    expect(log).toHaveLength(3);
  });
});
