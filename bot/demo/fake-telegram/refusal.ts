/** Telegram's answer to a call that it does not do. Thrown by methods, turned into JSON by the server. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: number;
  /** As Telegram sends them: `retry_after`, `migrate_to_chat_id`. */
  readonly parameters: Readonly<Record<string, number>>;

  constructor(code: number, description: string, parameters: Record<string, number> = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** A 400 with the words that go before every one of them. */
export function badRequest(what: string, parameters: Record<string, number> = {}): Refusal {
  return new Refusal(400, `Bad Request: ${what}`, parameters);
}

/** A 403. */
export function forbidden(what: string): Refusal {
  return new Refusal(403, `Forbidden: ${what}`);
}
