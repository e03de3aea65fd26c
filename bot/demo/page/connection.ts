import type { PageActions, PageEvent, PageLanguage, PageState } from './protocol.ts';

export interface ConnectionOptions {
  language: PageLanguage;
  onState: (state: PageState) => void;
  onEvent: (event: PageEvent) => void;
  onStatus: (isConnected: boolean) => void;
  retryMs?: number;
}

/** Follows what happens in the chats, and begins again when the connection breaks. Returns how to end. */
export function connect({
  language,
  onState,
  onEvent,
  onStatus,
  retryMs = 1000,
}: ConnectionOptions): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  const open = (): void => {
    const opened = new EventSource(`/events?language=${language}`);
    source = opened;
    opened.addEventListener('state', ({ data }: MessageEvent<string>) => {
      onStatus(true);
      onState(JSON.parse(data) as PageState);
    });
    opened.addEventListener('chat', ({ data }: MessageEvent<string>) => {
      onEvent(JSON.parse(data) as PageEvent);
    });
    opened.addEventListener('error', () => {
      onStatus(false);
      // A broken connection is opened again by the browser, one that was refused is not.
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(open, retryMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/**
 * Asks the server to do what the visitor did.
 * @throws {Error} when it could not be reached or refused.
 */
export async function act<Name extends keyof PageActions>(
  name: Name,
  request: PageActions[Name]['request'],
): Promise<PageActions[Name]['answer']> {
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(sentenceOf(body));
  return body as PageActions[Name]['answer'];
}

function sentenceOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : '';
}
