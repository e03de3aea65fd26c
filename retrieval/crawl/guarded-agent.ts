import { lookup as lookupByDns } from 'node:dns/promises';
import { isIP, Socket } from 'node:net';
import type { LookupFunction } from 'node:net';

import { Agent, buildConnector } from 'undici';

import { PageError } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';
import { hostAndPort } from './web-address.ts';

export interface HostAddress {
  address: string;
  family: number;
}

/** Resolves a host name to all its addresses; rejects when it has none. */
export type HostLookup = (hostname: string) => Promise<readonly HostAddress[]>;

export interface GuardedAgentOptions {
  /** `host:port` in hostAndPort's form: only these may lie at addresses that are not public. */
  allowPrivateHosts: ReadonlySet<string>;
  connectTimeoutMs: number;
  /** Destroys sockets that are still connecting, which the agent's own destroy leaves to their timeout. */
  signal?: AbortSignal;
  lookup?: HostLookup;
  isPublic?: (address: string) => boolean;
}

/**
 * An HTTP/1.1 agent that connects to public addresses only. A name is resolved once for each
 * connection, every address is checked, and the socket goes to exactly what was checked: a name
 * whose answer changes between check and use (DNS rebinding) gains nothing. A proxy named in the
 * environment is not used, as it would resolve names out of our sight. A name under `.localhost` is
 * 127.0.0.1 and no resolver is asked (RFC 6761, 6.3); like any loopback address it must be allowed.
 *
 * Connections fail with a PageError `not a public address`.
 */
export function createGuardedAgent({
  allowPrivateHosts,
  connectTimeoutMs,
  signal,
  lookup = (hostname) => lookupByDns(hostname, { all: true }),
  isPublic = isPublicAddress,
}: GuardedAgentOptions): Agent {
  // HTTP/1.1 only: one request a socket, so cancelling a page closes its socket and nothing else.
  const connectorFor = (accepts: (address: string) => boolean): buildConnector.connector =>
    buildConnector({
      allowH2: false,
      timeout: connectTimeoutMs,
      lookup: checkedLookup(lookup, accepts),
    });
  const connectPublic = connectorFor(isPublic);
  const connectAnywhere = connectorFor(() => true);

  const sockets = new Set<Socket>();
  signal?.addEventListener('abort', () => {
    for (const socket of sockets) socket.destroy();
  });

  const connect: buildConnector.connector = (target, callback) => {
    const isAllowed = allowPrivateHosts.has(hostAndPort(target));
    if (!isAllowed && isIP(target.hostname) !== 0 && !isPublic(target.hostname)) {
      // node:net does not look up what is an address already, so the lookup would never see it.
      callback(notPublic(target.hostname), null);
      return;
    }
    // That undici's connectors return the socket is not in their type; without it, a connection
    // being made would only end with its timeout.
    const socket: unknown = (isAllowed ? connectAnywhere : connectPublic)(target, callback);
    if (!(socket instanceof Socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  // Time is limited by the page's deadline, which covers the whole exchange and not only its gaps.
  return new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4000 });
}

function checkedLookup(lookup: HostLookup, accepts: (address: string) => boolean): LookupFunction {
  const resolve = async (hostname: string): Promise<readonly HostAddress[] | Error> => {
    try {
      const addresses = isLoopbackName(hostname) ? LOOPBACK : await lookup(hostname);
      const refused = addresses.find(({ address }) => !accepts(address));
      // One private address among public ones is no accident: the whole name is refused.
      return refused === undefined ? addresses : notPublic(refused.address);
    } catch (error) {
      return error instanceof Error ? error : noAddress(hostname);
    }
  };
  return async (hostname, options, callback) => {
    const found = await resolve(hostname);
    const first = found instanceof Error ? undefined : found[0];
    if (found instanceof Error) callback(found, '');
    else if (first === undefined) callback(noAddress(hostname), '');
    else if (options.all === true) callback(null, [...found]);
    else callback(null, first.address, first.family);
  };
}

const LOOPBACK: readonly HostAddress[] = [{ address: '127.0.0.1', family: 4 }];

/** Bare `localhost` stays with the resolver: a server may listen on ::1 alone. */
function isLoopbackName(hostname: string): boolean {
  return /\.localhost\.?$/iu.test(hostname);
}

function notPublic(address: string): PageError {
  return new PageError('not a public address', { retryable: false, cause: address });
}

function noAddress(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
