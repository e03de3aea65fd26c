import { isIPv6 } from 'node:net';

import { PageError } from '../errors.ts';

/** Ports that web servers use. Others could be mail, databases and the like that answer to HTTP. */
const WEB_PORTS = new Set(['80', '443', '8080', '8443']);

/** Matching robots.txt takes time in proportion to it, and what is longer is a trap or a tracker. */
const MAX_ADDRESS_LENGTH = 2048;

/**
 * Parses an address that may be fetched: http or https, no password in it, a port that the web uses
 * or that `allowPrivateHosts` names. The fragment is dropped.
 *
 * @throws {PageError}
 */
export function parseWebAddress(
  address: string,
  { base, allowPrivateHosts }: { base?: URL; allowPrivateHosts: ReadonlySet<string> },
): URL {
  const url = URL.parse(address, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new PageError('not a web address', { retryable: false });
  }
  if (url.username !== '' || url.password !== '') {
    throw new PageError('address carries a password', { retryable: false });
  }
  if (url.href.length > MAX_ADDRESS_LENGTH) {
    throw new PageError('address too long', { retryable: false });
  }
  if (!WEB_PORTS.has(portOf(url)) && !allowPrivateHosts.has(hostAndPort(url))) {
    throw new PageError(`port ${portOf(url)} not allowed`, { retryable: false });
  }
  url.hash = '';
  return url;
}

/** `example.org:443`, `[::1]:8080`: host as WHATWG URL writes it, the port always explicit. */
export function hostAndPort({
  protocol,
  hostname,
  port,
}: {
  protocol: string;
  hostname: string;
  port: string;
}): string {
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname;
  return `${host}:${portOf({ protocol, port })}`;
}

/** Reads a list of `host:port` into the form that hostAndPort gives. Throws on what is neither. */
export function parseHostsAndPorts(entries: readonly string[]): ReadonlySet<string> {
  return new Set(
    entries.map((entry) => {
      // A URL forgets port 80 after http, so the port is taken from the text.
      const port = /^[^/@\s]+:(\d{1,5})$/.exec(entry)?.[1];
      const url = URL.parse(`http://${entry}`);
      if (port === undefined || url === null) {
        throw new TypeError(`${entry} is not host:port`);
      }
      return `${url.hostname}:${Number(port)}`;
    }),
  );
}

function portOf({ protocol, port }: { protocol: string; port: string }): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}
