import type { TelegramCall, TelegramFault } from './fake-telegram.ts';

/** The calls that came, and the faults that they are to meet. */
export class CallLog {
  readonly calls: TelegramCall[] = [];
  polls = 0;
  readonly #waiters = new Set<() => void>();
  readonly #planned = new Map<string, TelegramFault[]>();
  readonly #counts = new Map<string, number>();
  #decide: ((call: { method: string; count: number }) => TelegramFault | null) | null = null;

  record(call: TelegramCall): void {
    this.calls.push(call);
    for (const check of this.#waiters) check();
  }

  callsOf(method: string): TelegramCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  waitFor(method: string, count = 1): Promise<TelegramCall[]> {
    const { promise, resolve } = Promise.withResolvers<TelegramCall[]>();
    const check = (): void => {
      const found = this.callsOf(method);
      if (found.length < count) return;
      this.#waiters.delete(check);
      resolve(found.slice(0, count));
    };
    this.#waiters.add(check);
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
