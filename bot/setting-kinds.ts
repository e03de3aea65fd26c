import { z } from 'zod';

import { parseHostsAndPorts } from '../retrieval/crawl/web-address.ts';

/** An http or https address, without the slash at its end. */
export function address(example: string) {
  return z
    .string()
    .refine(isWebAddress, `must be an http or https address, like ${example}`)
    .transform((value) => value.replace(/\/+$/u, ''))
    .optional();
}

/** An address that Telegram can call: encrypted, unless it stays on this machine. */
export function webhookAddress() {
  return z
    .string()
    .refine(
      isWebhookAddress,
      'must be an https address, like https://bot.example.org/telegram (http only for 127.0.0.1)',
    )
    .optional();
}

/** Both bounds are included. */
export function wholeNumber({ from, to, unit }: { from: number; to: number; unit?: string }) {
  const what = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
  return z
    .string()
    .regex(/^\d{1,12}$/u)
    .transform(Number)
    .refine((number) => number >= from && number <= to)
    .optional()
    .meta({ accepted: `must be ${what} from ${from} to ${to}` });
}

/** Ids of Telegram, separated by commas, each once. Those of groups are negative. */
export function ids({ groups }: { groups: boolean }) {
  const accepted = groups
    ? 'must be ids of users or groups, not names: whole numbers separated by commas, like 123456789,-1001234567890'
    : 'must be ids of users, not names: whole numbers separated by commas, like 123456789';
  return z
    .string()
    .transform((list) => [...new Set(list.split(',').map((id) => id.trim()))])
    .refine((list) => list.every((id) => ID.test(id) && (groups || !id.startsWith('-'))))
    .transform((list) => list.map(Number))
    .optional()
    .meta({ accepted });
}

/** `host:port`, separated by commas, in lower case. */
export function hostsAndPorts() {
  return z
    .string()
    .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every(isHostAndPort),
      'must be host:port with a port from 1 to 65535, several separated by commas, like 127.0.0.1:8080',
    )
    .optional();
}

/** Separated by commas, each once. */
export function listOf(pattern: RegExp, accepted: string) {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every((one) => pattern.test(one)))
    .optional()
    .meta({ accepted });
}

/** http or https addresses, separated by commas, each once. */
export function addresses(example: string) {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every((one) => isWebAddress(one)))
    .optional()
    .meta({ accepted: `must be http or https addresses separated by commas, like ${example}` });
}

function splitList(list: string): string[] {
  const parts = list.split(',').map((one) => one.trim());
  return [...new Set(parts.filter((one) => one !== ''))];
}

/** Far more digits than an id of today has, and few enough to be exact as a number. */
const ID = /^-?[1-9]\d{0,14}$/u;

function isWebAddress(value: string): boolean {
  // The language of a wiki is filled in later; braces are not allowed in a host name.
  const url = URL.parse(value.replace('{lang}', 'en'));
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}

function isWebhookAddress(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/u.test(url.hostname);
}

function isHostAndPort(text: string): boolean {
  if (!/^(?:\[[\da-f:.]+\]|[^\s:/[\]]+):[1-9]\d{0,4}$/u.test(text)) return false;
  try {
    return parseHostsAndPorts([text]).size === 1;
  } catch {
    return false;
  }
}
