import { errors } from 'undici';

import { PageError } from '../errors.ts';

/** Turns whatever a fetch threw into a PageError with the short reason a reader sees. */
export function toPageError(error: unknown): PageError {
  if (error instanceof PageError) return error;
  const code = codeOf(error);
  const fault =
    parserFault(error) ??
    FAULTS[code] ??
    FAULT_PATTERNS.find(([pattern]) => pattern.test(code))?.[1];
  const [message, retryable] = fault ?? ['could not be read', true];
  return new PageError(message, { retryable, cause: error });
}

/** True for faults of the host itself: no other address on it can be read either. */
export function cannotReachHost(error: PageError): boolean {
  return HOST_FAULTS.has(error.message);
}

/** True for faults that an outage of our own network brings about as well. */
export function mayBeTheNetwork(error: PageError): boolean {
  return NETWORK_FAULTS.has(error.message);
}

/** A body that began and then brought hardly anything. */
export const SENT_TOO_SLOWLY = 'sent too slowly';

type Fault = [message: string, retryable: boolean];

const NO_SUCH_HOST: Fault = ['no such host', false];
const NAME_LOOKUP_FAILED: Fault = ['name lookup failed', true];
const CONNECTION_REFUSED: Fault = ['connection refused', true];
const HOST_UNREACHABLE: Fault = ['host unreachable', true];
const CONNECTION_CUT: Fault = ['connection cut', true];
const CERTIFICATE: Fault = ['certificate not trusted', false];
const NO_SECURE_CONNECTION: Fault = ['no secure connection', false];
const BAD_HEADERS: Fault = ['bad response headers', false];
const BAD_RESPONSE: Fault = ['bad response', false];
const TIMEOUT: Fault = ['timeout', true];

const HOST_FAULTS: ReadonlySet<string> = new Set([
  ...[NO_SUCH_HOST, NAME_LOOKUP_FAILED, CONNECTION_REFUSED, HOST_UNREACHABLE].map(([text]) => text),
  ...[CERTIFICATE, NO_SECURE_CONNECTION].map(([text]) => text),
  'not a public address',
]);

const NETWORK_FAULTS: ReadonlySet<string> = new Set(
  [NO_SUCH_HOST, NAME_LOOKUP_FAILED, CONNECTION_REFUSED, HOST_UNREACHABLE, CONNECTION_CUT, TIMEOUT]
    .map(([text]) => text)
    .concat('could not be read', SENT_TOO_SLOWLY),
);

const FAULTS: Readonly<Record<string, Fault>> = {
  ENOTFOUND: NO_SUCH_HOST,
  ENODATA: NO_SUCH_HOST,
  EAI_AGAIN: NAME_LOOKUP_FAILED,
  ESERVFAIL: NAME_LOOKUP_FAILED,
  ETIMEOUT: NAME_LOOKUP_FAILED,
  ECONNREFUSED: CONNECTION_REFUSED,
  EHOSTUNREACH: HOST_UNREACHABLE,
  ENETUNREACH: HOST_UNREACHABLE,
  EADDRNOTAVAIL: HOST_UNREACHABLE,
  EACCES: HOST_UNREACHABLE,
  ECONNRESET: CONNECTION_CUT,
  EPIPE: CONNECTION_CUT,
  UND_ERR_SOCKET: CONNECTION_CUT,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: CONNECTION_CUT,
  ETIMEDOUT: TIMEOUT,
  UND_ERR_CONNECT_TIMEOUT: TIMEOUT,
  CERT_HAS_EXPIRED: CERTIFICATE,
  CERT_NOT_YET_VALID: CERTIFICATE,
  CERT_REVOKED: CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
  HOSTNAME_MISMATCH: CERTIFICATE,
  EPROTO: NO_SECURE_CONNECTION,
  UND_ERR_HEADERS_OVERFLOW: BAD_HEADERS,
  // undici asserts what a server may not do, such as a switch of protocols that nobody asked for.
  ERR_ASSERTION: BAD_RESPONSE,
};

const FAULT_PATTERNS: readonly (readonly [RegExp, Fault])[] = [
  [/^(?:CERT_|INVALID_CA|INVALID_PURPOSE|UNABLE_TO_|PATH_LENGTH)/, CERTIFICATE],
  [/^ERR_(?:SSL|TLS)_/, NO_SECURE_CONNECTION],
];

/** undici's parser says only in words what it did not like. */
function parserFault(error: unknown): Fault | undefined {
  if (!(error instanceof errors.HTTPParserError)) return undefined;
  return /header|content-length/i.test(error.message) ? BAD_HEADERS : BAD_RESPONSE;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
