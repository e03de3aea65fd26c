import { GrammyError, HttpError } from 'grammy';

/**
 * What became of a message that could not be sent. `blocked`: its reader wants none from this bot.
 * `no-rights`: the bot may not write there. `gone`: the chat, its topic or the message is no more.
 * `flood`: Telegram wants a longer wait than is reasonable. `refused`: Telegram does not take it as it
 * is. `unreachable`: it certainly did not arrive and may be tried later. `unknown-outcome`: it may
 * have arrived; sending it again might show it twice.
 */
export type SendingFailure =
  | 'blocked'
  | 'no-rights'
  | 'gone'
  | 'flood'
  | 'refused'
  | 'unreachable'
  | 'unknown-outcome';

/** The connection broke after the message had gone out: nobody knows whether it arrived. */
export class UnknownOutcomeError extends HttpError {
  override name = 'UnknownOutcomeError';

  constructor(method: string, cause: unknown) {
    super(`Nobody knows whether ${method} arrived: the connection broke before the answer.`, cause);
    this.cause = cause;
  }
}

/** The waiting for a turn, or for another try, was called off: nothing has arrived. */
export class NotSentError extends Error {
  override name = 'NotSentError';

  constructor(method: string, cause: unknown) {
    super(`${method} was called off before it was sent.`, { cause });
  }
}

/** Judges an error that sending threw, with or without the retries of sending.ts. */
export function sendingFailureOf(error: unknown): SendingFailure {
  if (error instanceof NotSentError) return 'unreachable';
  if (error instanceof GrammyError) return refusalOf(error);
  if (error instanceof UnknownOutcomeError) return 'unknown-outcome';
  return hasCertainlyNotArrived(error) ? 'unreachable' : 'unknown-outcome';
}

/**
 * Whether the connection failed before anything was sent through it: no name, no route, nobody who
 * listens, a certificate that is not trusted.
 */
export function hasCertainlyNotArrived(error: unknown): boolean {
  const { code, message } = connectionFault(error);
  if (BEFORE_CONNECTING.has(code) || CERTIFICATE.test(code)) return true;
  // node-fetch keeps no more of a system error than its code and its words, and of an error that
  // gathers several tries to connect no words at all.
  const reason = /reason:(.*)$/su.exec(message)?.[1]?.trim();
  if (reason === undefined || !NETWORK.has(code)) return false;
  return reason === '' || reason.startsWith('connect ');
}

function refusalOf({ error_code: code, description, parameters }: GrammyError): SendingFailure {
  // A token that was revoked can be replaced: what was to be sent waits for that.
  if (code === 401) return 'unreachable';
  if (code === 429 || parameters.retry_after !== undefined) return 'flood';
  if (code >= 500) return 'unreachable';
  if (/blocked by the user|user is deactivated|can't initiate conversation/iu.test(description)) {
    return 'blocked';
  }
  if (GONE.test(description)) return 'gone';
  if (code === 403 || NO_RIGHTS.test(description)) return 'no-rights';
  return 'refused';
}

const GONE =
  /chat not found|was kicked|is not a member|thread not found|topic_?(?:deleted|closed| not found)|group chat was (?:deleted|deactivated|upgraded)|message to (?:edit|delete|be replied|reply) not found|MESSAGE_ID_INVALID|PEER_ID_INVALID/iu;
const NO_RIGHTS =
  /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_(?:SEND_\w+|RESTRICTED|ADMIN_REQUIRED)|need administrator rights/iu;

const BEFORE_CONNECTING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/u;
const NETWORK = new Set(['ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN']);

function connectionFault(error: unknown): { code: string; message: string } {
  const fault = error instanceof HttpError ? error.error : error;
  if (!(fault instanceof Error)) return { code: '', message: '' };
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  return { code, message: fault.message };
}
