import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';

/** Connects as always, and to this machine for names under `.localhost`, as RFC 6761 has it. */
export function createLocalhostAgent(): Agent {
  return new Agent({ connect: { lookup: lookUp } });
}

const lookUp: LookupFunction = (hostname, options, callback) => {
  const isLocal = /(?:^|\.)localhost\.?$/iu.test(hostname);
  lookup(isLocal ? '127.0.0.1' : hostname, options, callback);
};
