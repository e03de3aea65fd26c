/** Groups that have become supergroups, whose messages now go elsewhere. */
export class MovedChats {
  readonly #targets = new Map<number, number>();

  /** The payload with the chat where its group is now; the same one when that has not moved. */
  redirect<P extends object>(payload: P): P {
    const target = this.#targets.get(chatIdOf(payload) ?? 0);
    return target === undefined ? payload : { ...payload, chat_id: target };
  }

  /** Notes where the chat of a payload went. Returns its id before, null when it had none. */
  add(payload: object, movedTo: number): number | null {
    const movedFrom = chatIdOf(payload);
    if (movedFrom === null || movedFrom === movedTo) return null;
    // One that is forgotten is learnt anew from Telegram's next refusal.
    if (this.#targets.size >= MOST_REMEMBERED) this.#targets.clear();
    this.#targets.set(movedFrom, movedTo);
    return movedFrom;
  }
}

/** The number in `chat_id`; null where there is none, as for `@channel`. */
export function chatIdOf(payload: object): number | null {
  const chatId = 'chat_id' in payload ? Number(payload.chat_id) : Number.NaN;
  return Number.isSafeInteger(chatId) ? chatId : null;
}

const MOST_REMEMBERED = 1_000;
