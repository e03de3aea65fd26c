import type { TelegramCall, TelegramFault } from './fake-telegram.ts';

/** A demo runs for weeks: its calls are not kept for ever. */
const MOST_KEPT = 50_000;

/** The calls that came, and the faults that they are to meet. */
export class CallLog {
  readonly calls: TelegramCall[] = [];
  polls = 0;
  readonly #byMethod = new Map<string, TelegramCall[]>();
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #planned = new Map<string, TelegramFault[]>();
  readonly #counts = new Map<string, number>();
  #decide: ((call: { method: string; count: number }) => TelegramFault | null) | null = null;

  record(call: TelegramCall): void {
    const ofMethod = this.#byMethod.get(call.method) ?? [];
    this.#byMethod.set(call.method, ofMethod);
    for (const list of [this.calls, ofMethod]) {
      list.push(call);
      if (list.length > MOST_KEPT) list.splice(0, MOST_KEPT / 5);
    }
    for (const check of this.#waiters.get(call.method) ?? []) check();
  }

  callsOf(method: string): TelegramCall[] {
    return [...(this.#byMethod.get(method) ?? [])];
  }

  waitFor(method: string, count = 1): Promise<TelegramCall[]> {
    const { promise, resolve } = Promise.withResolvers<TelegramCall[]>();
    const waiters = this.#waiters.get(method) ?? new Set();
    this.#waiters.set(method, waiters);
    const check = (): void => {
      const found = this.#byMethod.get(method) ?? [];
      if (found.length < count) return;
      waiters.delete(check);
      resolve(found.slice(0, count));
    };
    waiters.add(check);
    check();
    return promise;
  }

  failNext(method: string, fault: TelegramFault): void {
    this.#planned.set(method, [...(this.#planned.get(method) ?? []), fault]);
  }

  failWhen(
    decide: ((call: { method: string; count: number }) => TelegramFault | null) | null,
  ): void {
    this.#decide = decide;
  }

  /** The fault that this call meets, if any. Asked once a call. */
  faultFor(method: string): TelegramFault | null {
    const count = (this.#counts.get(method) ?? 0) + 1;
    this.#counts.set(method, count);
    return this.#planned.get(method)?.shift() ?? this.#decide?.({ method, count }) ?? null;
  }
}
