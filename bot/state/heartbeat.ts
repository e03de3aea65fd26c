import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Heartbeat {
  /** Telegram has just answered. Never throws. */
  beat(): void;
  /** The bot has stopped: what it left would look like one that hangs. */
  end(): void;
}

export interface HeartbeatOptions {
  /** The data folder; it exists. */
  folder: string;
  now?: () => Date;
  /** Told when the file cannot be written, each time. */
  onFailure?: (error: unknown) => void;
}

/**
 * Keeps the moment when Telegram last answered in the data folder, for a check from outside: a bot
 * by long polling listens on no port that could be asked.
 */
export function keepHeartbeat({
  folder,
  now = () => new Date(),
  onFailure = () => {},
}: HeartbeatOptions): Heartbeat {
  const file = fileIn(folder);
  return {
    beat() {
      try {
        writeFileSync(file, `${now().toISOString()}\n`);
      } catch (error) {
        onFailure(error);
      }
    },
    end() {
      rmSync(file, { force: true });
    },
  };
}

export interface Health {
  isHealthy: boolean;
  /** One English sentence for an operator. */
  sentence: string;
}

/** Whether the bot that uses this data folder has heard from Telegram within `maxAgeMs`. */
export function checkHeartbeat({
  folder,
  now = () => new Date(),
  maxAgeMs = 120_000,
}: {
  folder: string;
  now?: () => Date;
  /** An update is waited for half a minute, so an idle bot beats twice a minute. */
  maxAgeMs?: number;
}): Health {
  const beatenAt = readMoment(fileIn(folder));
  if (beatenAt === null) {
    return {
      isHealthy: false,
      sentence: `No bot that uses ${folder} has heard from Telegram yet.`,
    };
  }
  const ageMs = Math.max(0, now().getTime() - beatenAt);
  return {
    isHealthy: ageMs <= maxAgeMs,
    sentence: `The bot last heard from Telegram ${Math.round(ageMs / 1000)} s ago.`,
  };
}

function readMoment(file: string): number | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const moment = Date.parse(text.trim());
  return Number.isNaN(moment) ? null : moment;
}

function fileIn(folder: string): string {
  return join(folder, 'heartbeat');
}
