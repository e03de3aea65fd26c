import { Api, GrammyError } from 'grammy';

interface Telegram {
  readonly url: string;
  readonly token: string;
}

/** The Bot API of a Telegram on loopback through grammY's client. */
export function apiOf({ url, token }: Telegram): Api {
  return new Api(token, { apiRoot: url });
}

export interface RawAnswer {
  status: number;
  ok: boolean;
  result: unknown;
  description: string | null;
  parameters: Record<string, number> | null;
}

/** A call whose parameters no type checks, as JSON or as the body that is given. */
export async function callRaw(
  { url, token }: Telegram,
  method: string,
  parameters: object | string = {},
): Promise<RawAnswer> {
  const isBody =
    parameters instanceof FormData ||
    parameters instanceof URLSearchParams ||
    typeof parameters === 'string';
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: 'POST',
    ...(isBody
      ? { body: parameters }
      : { body: JSON.stringify(parameters), headers: { 'content-type': 'application/json' } }),
  });
  const body = (await response.json()) as Partial<RawAnswer>;
  return {
    status: response.status,
    ok: body.ok === true,
    result: body.result ?? null,
    description: body.description ?? null,
    parameters: body.parameters ?? null,
  };
}

/** The code and the words with which a call was refused. @throws when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  throw new Error('The call was not refused.');
}
