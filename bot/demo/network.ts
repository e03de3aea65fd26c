import { connect } from 'node:net';

export interface NetworkCheckOptions {
  host?: string;
  port?: number;
  timeoutMs?: number;
}

/** Whether Wikipedia's servers take a connection within the time. Never rejects. */
export function isNetworkReachable({
  host = 'ru.wikipedia.org',
  port = 443,
  timeoutMs = 600,
}: NetworkCheckOptions = {}): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port });
  // A timer of its own: the socket's would not run while the name is looked up.
  const timer = setTimeout(() => finish(false), timeoutMs);
  const finish = (isReachable: boolean): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(isReachable);
  };
  socket.on('connect', () => finish(true));
  socket.on('error', () => finish(false));
  return promise;
}
