import type { DatabaseSync } from 'node:sqlite';

import type { Logger } from 'pino';

import type { Locale } from '../locales/locale.ts';

import type { Fault } from './fault.ts';

/** Tells the admins once that something is wrong and once that it is over, restarts in between or not. */
export interface OperatorNotices {
  /** Something is wrong; it may be said as often as it is seen. `details` is one English sentence. */
  began(fault: Fault, details: string): void;
  /** It is over, or was never wrong. */
  ended(fault: Fault): void;
  /** Resolves when nothing is on its way to an admin, or after the wait. */
  settled(waitMs?: number): Promise<void>;
}

export interface OperatorNoticesOptions {
  database: DatabaseSync;
  /** Writes to an admin's private chat. Rejects when that may be tried again. */
  tell: (adminId: number, text: string) => Promise<void>;
  /** Who they are now. */
  adminIds: () => readonly number[];
  localeOf: (adminId: number) => Locale;
  logger: Logger;
  now?: () => Date;
}

export function createOperatorNotices({
  database,
  tell,
  adminIds,
  localeOf,
  logger,
  now = () => new Date(),
}: OperatorNoticesOptions): OperatorNotices {
  const faults = createFaultRecords(database);
  const underWay = new Map<Fault, Promise<void>>();

  /** One at a time of a fault, and never a failure: what is wrong elsewhere must not spread from here. */
  function begin(fault: Fault, work: () => Promise<void>): void {
    if (underWay.has(fault)) return;
    const working = work()
      .catch((error: unknown) => {
        logger.error({ err: error, fault }, 'a notice for the operator could not be kept');
      })
      .finally(() => underWay.delete(fault));
    underWay.set(fault, working);
  }

  /** Whether at least one was reached. */
  async function tellAdmins(fault: Fault, write: (locale: Locale) => string): Promise<boolean> {
    const told = await Promise.allSettled(
      adminIds().map(async (adminId) => tell(adminId, write(localeOf(adminId)))),
    );
    for (const outcome of told) {
      if (outcome.status === 'rejected') {
        logger.warn({ err: outcome.reason, fault }, 'an admin could not be told of a fault');
      }
    }
    return told.some(({ status }) => status === 'fulfilled');
  }

  return {
    began(fault, details) {
      begin(fault, async () => {
        const standing = faults.find(fault);
        if (standing === null) {
          faults.begin(fault, now());
          logger.error({ fault, details }, 'the operator has something to see to');
        } else if (standing.isTold) {
          return;
        }
        if (adminIds().length === 0) return;
        // Before it is said: a program that is killed in between has said it once, not twice.
        faults.told(fault, now());
        const isTold = await tellAdmins(fault, ({ t }) => t(`fault-${fault}`, { details }));
        if (!isTold) faults.notTold(fault);
      });
    },
    ended(fault) {
      if (faults.isKnownSound(fault)) return;
      begin(fault, async () => {
        const standing = faults.find(fault);
        if (standing === null) return;
        faults.end(fault);
        logger.info({ fault }, 'a fault is over');
        if (!standing.isTold) return;
        const lastedMs = now().getTime() - standing.since.getTime();
        const isTold = await tellAdmins(fault, (locale) =>
          locale.t(`fault-${fault}-over`, { lasted: duration(lastedMs, locale) }),
        );
        if (isTold) return;
        // It is said when it is seen to work the next time.
        faults.begin(fault, standing.since);
        faults.told(fault, now());
      });
    },
    async settled(waitMs = 3_000) {
      if (underWay.size === 0) return;
      const { promise: waited, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, waitMs);
      await Promise.race([Promise.all(underWay.values()), waited]);
      clearTimeout(timer);
    },
  };
}

interface StandingFault {
  since: Date;
  isTold: boolean;
}

function createFaultRecords(database: DatabaseSync) {
  const select = database.prepare('SELECT since, told_at FROM faults WHERE fault = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO faults (fault, since) VALUES (?, ?)');
  const update = database.prepare('UPDATE faults SET told_at = ? WHERE fault = ?');
  const remove = database.prepare('DELETE FROM faults WHERE fault = ?');
  // That something works is said with every question: only the first time may ask the disk.
  const sound = new Set<Fault>();

  return {
    find(fault: Fault): StandingFault | null {
      const row = select.get(fault);
      if (row !== undefined) {
        return { since: new Date(String(row['since'])), isTold: row['told_at'] !== null };
      }
      sound.add(fault);
      return null;
    },
    isKnownSound: (fault: Fault): boolean => sound.has(fault),
    begin(fault: Fault, since: Date): void {
      sound.delete(fault);
      insert.run(fault, since.toISOString());
    },
    told(fault: Fault, at: Date): void {
      update.run(at.toISOString(), fault);
    },
    notTold(fault: Fault): void {
      update.run(null, fault);
    },
    end(fault: Fault): void {
      remove.run(fault);
    },
  };
}

/** In words: whole minutes, hours or days. */
function duration(ms: number, { t }: Locale): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return t('lasted-moment');
  if (minutes < 120) return t('lasted-minutes', { minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t('lasted-hours', { hours })
    : t('lasted-days', { days: Math.round(hours / 24) });
}
