import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';

import {
  hasCertainlyNotArrived,
  NotSentError,
  sendingFailureOf,
  UnknownOutcomeError,
} from '../../../bot/telegram/sending-failure.ts';

test.each([
  [403, 'Forbidden: bot was blocked by the user', 'blocked'],
  [403, 'Forbidden: user is deactivated', 'blocked'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone'],
  [403, 'Forbidden: bot is not a member of the channel chat', 'gone'],
  [400, 'Bad Request: chat not found', 'gone'],
  [400, 'Bad Request: message thread not found', 'gone'],
  [400, 'Bad Request: TOPIC_CLOSED', 'gone'],
  [400, 'Bad Request: message to edit not found', 'gone'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'no-rights'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'no-rights'],
  [403, 'Forbidden: CHAT_SEND_PLAIN_FORBIDDEN', 'no-rights'],
  [400, "Bad Request: can't parse entities: unsupported", 'refused'],
  [400, 'Bad Request: TEXTDRAFT_PEER_INVALID', 'refused'],
  [429, 'Too Many Requests: retry after 5', 'flood'],
  [500, 'Internal Server Error', 'unreachable'],
  [502, 'Bad Gateway', 'unreachable'],
])('%i %s is %s', (code, description, failure) => {
  expect(sendingFailureOf(refusal(code, description))).toBe(failure);
});

test.each([
  ['ECONNREFUSED', 'reason: connect ECONNREFUSED 127.0.0.1:443'],
  ['ENOTFOUND', 'reason: getaddrinfo ENOTFOUND api.telegram.org'],
  ['EAI_AGAIN', 'reason: getaddrinfo EAI_AGAIN api.telegram.org'],
  ['ETIMEDOUT', 'reason: connect ETIMEDOUT 192.0.2.1:443'],
  ['ENETUNREACH', 'reason: '],
  ['CERT_HAS_EXPIRED', 'reason: certificate has expired'],
])('%s (%s) before a connection stood cannot have arrived', (code, message) => {
  const error = broken(code, message);
  expect(hasCertainlyNotArrived(error)).toBe(true);
  expect(sendingFailureOf(error)).toBe('unreachable');
});

test.each([
  ['ECONNRESET', 'reason: socket hang up'],
  ['ECONNRESET', 'reason: read ECONNRESET'],
  ['ETIMEDOUT', 'reason: read ETIMEDOUT'],
  ['EPIPE', 'reason: write EPIPE'],
  ['', 'invalid json response body'],
  ['', "Request to 'sendMessage' timed out after 60 seconds"],
])('%s (%s) may have arrived', (code, message) => {
  const error = broken(code, message);
  expect(hasCertainlyNotArrived(error)).toBe(false);
  expect(sendingFailureOf(error)).toBe('unknown-outcome');
});

test('what was called off did not arrive', () => {
  expect(sendingFailureOf(new NotSentError('sendMessage', new Error('the program stops')))).toBe(
    'unreachable',
  );
});

test('an unknown outcome keeps its cause and tells no secret', () => {
  const cause = broken('ECONNRESET', 'request to https://x/bot42:secret/sendMessage failed');
  const error = new UnknownOutcomeError('sendMessage', cause);
  expect(error.cause).toBe(cause);
  expect(error.message).toBe(
    'Nobody knows whether sendMessage arrived: the connection broke before the answer.',
  );
});

function refusal(code: number, description: string): GrammyError {
  return new GrammyError(
    'refused',
    { ok: false, error_code: code, description },
    'sendMessage',
    {},
  );
}

/** As grammY wraps what node-fetch throws. */
function broken(code: string, message: string): HttpError {
  const fault = Object.assign(new Error(message), code === '' ? {} : { code });
  return new HttpError('Network request failed!', fault);
}
