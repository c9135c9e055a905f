import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of one file on this machine, whose faults a test chooses. */
export class FileServer {
  content: Uint8Array = new Uint8Array();
  /** Sent with each answer, such as `etag`. */
  headers: Record<string, string> = { etag: '"1"' };
  ranges = true;
  /** Whether If-Range is heeded. */
  conditions = true;
  /** For each request to come: how many bytes of the body to send before the connection breaks, see `reached`. */
  cuts: (number | undefined)[] = [];
  /** For each request to come: the status to answer with, undefined for the file. */
  statuses: (number | undefined)[] = [];
  /** Whether a cut leaves the connection open, without sending more. */
  stalls = false;
  /** Whether to leave out Content-Length, so that a cut looks like the end. */
  chunked = false;
  readonly requests: IncomingHttpHeaders[] = [];
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #base = '';
  readonly #toCut: { readonly at: number; readonly response: ServerResponse }[] = [];

  static async start(): Promise<FileServer> {
    const server = new FileServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.#base = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  /** Its URL, also once it is stopped. */
  get base(): string {
    return this.#base;
  }

  /** The `range` of each request so far. */
  get rangesSeen(): (string | undefined)[] {
    return this.requests.map(({ range }) => range);
  }

  /** Breaks the connections to be cut at so many bytes of the file; called once they have been read, for else they get lost. */
  reached(bytes: number): void {
    for (const { at, response } of this.#toCut) if (bytes >= at) response.destroy();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith('/moved/')) {
      response.writeHead(302, { location: request.url.slice('/moved'.length) }).end();
      return;
    }
    this.requests.push(request.headers);
    const status = this.statuses.shift();
    if (status === undefined) this.#send(request.headers, response);
    else response.writeHead(status).end('an error page');
  }

  #send({ range, 'if-range': condition }: IncomingHttpHeaders, response: ServerResponse): void {
    const validators: unknown[] = [this.headers['etag'], this.headers['last-modified']];
    const fresh = !this.conditions || validators.includes(condition);
    const from = this.ranges && range !== undefined && fresh ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    const total = this.content.length;
    if (from > 0 && from >= total) {
      response.writeHead(416, { 'content-range': `bytes */${total}` }).end('an error page');
      return;
    }
    const body = this.content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      ...this.headers,
      ...(from > 0 && { 'content-range': `bytes ${from}-${total - 1}/${total}` }),
      ...(!this.chunked && { 'content-length': body.length }),
    });
    const cut = this.cuts.shift();
    if (cut === undefined) response.end(body);
    else if (this.chunked) response.end(body.subarray(0, cut));
    else this.#sendPart(body.subarray(0, cut), from, response);
  }

  #sendPart(body: Uint8Array, from: number, response: ServerResponse): void {
    response.flushHeaders();
    response.write(body);
    if (!this.stalls) this.#toCut.push({ at: from + body.length, response });
  }
}
