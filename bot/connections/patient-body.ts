import { ReadableStream } from 'node:stream/web';

/**
 * A response's body whose reader may leave a little early. The `openai` package stops reading at
 * `[DONE]`, some bytes before the response ends, and undici then closes the connection: every
 * question would pay for a new one, TLS included. So what is left is read to its end, unless the
 * request was aborted or the end does not come.
 */
export function patientBody(
  body: ReadableStream<Uint8Array>,
  { signal, patienceMs = 250 }: { signal?: AbortSignal | undefined; patienceMs?: number },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();

  const readOn = async (): Promise<void> => {
    const timer = setTimeout(() => void reader.cancel().catch(() => {}), patienceMs);
    try {
      while (!(await reader.read()).done);
    } finally {
      clearTimeout(timer);
    }
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        if (signal?.aborted === true) await reader.cancel(reason);
        else readOn().catch(() => {});
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 },
  );
}
