import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

export interface RawServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Sockets accepted so far, open or not. */
  readonly connections: readonly Socket[];
}

/**
 * A TCP server on loopback for what an HTTP library refuses to send. The handler gets the head of each
 * request as text and the socket to answer on; robots.txt is answered with 404 unless it is asked for.
 */
export async function startRawServer(
  handler: (requestHead: string, socket: Socket) => void,
  { host = '127.0.0.1', answersRobots = true }: { host?: string; answersRobots?: boolean } = {},
): Promise<RawServer> {
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => {});
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = received.slice(0, end);
      received = received.slice(end + 4);
      if (answersRobots && head.startsWith('GET /robots.txt ')) {
        socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      } else {
        handler(head, socket);
      }
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const { port } = address;
  return {
    url: `http://${host}:${port}`,
    host,
    port,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
