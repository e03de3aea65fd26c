import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger } from 'pino';

import type { LogLevel } from './config.ts';

export interface LoggerOptions {
  level: LogLevel;
  /** Values that no line may hold, wherever they come from: an error's text, an address, a cause. */
  secrets: readonly string[];
  destination?: DestinationStream;
}

/** A logger of JSON lines to standard error, so that standard output stays for answers. */
export function createLogger({
  level,
  secrets,
  destination = pino.destination({ dest: 2, sync: true }),
}: LoggerOptions): Logger {
  const written = secrets.filter((secret) => secret !== '').flatMap(waysToWrite);
  return pino(
    {
      level,
      base: null,
      serializers: { err: withoutPayload },
      hooks: {
        // The whole line is cleaned, since Telegram's token is part of an address and reaches
        // errors of fetch by ways that naming the fields would miss.
        streamWrite: (line) =>
          written.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[secret]'), line),
      },
    },
    destination,
  );
}

/** What was sent to Telegram is somebody's conversation. */
function withoutPayload(error: Error): object {
  const { payload: _payload, ...rest } = stdSerializers.err(error);
  return rest;
}

function waysToWrite(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, inJson, encodeURIComponent(secret)])];
}
