import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Schemas } from '@qdrant/js-client-rest';

import { readBody, sendJson, startServer } from '../loopback-server.ts';
import { Refusal } from './refusal.ts';
import { checkBody } from './request-schema.ts';
import type { RequestBody } from './request-schema.ts';
import { StoredCollection } from './stored-collection.ts';
import type { StoredPoint } from './stored-collection.ts';

/** One request that came, `PUT /collections/istok/points`. */
export interface QdrantCall {
  route: string;
  /** What came after the question mark. */
  search: string;
  body: unknown;
  apiKey: string | null;
}

/** What is done with the next requests whose route matches. */
export type Fault =
  | { kind: 'refuse'; status: number; message: string; headers?: Record<string, string> }
  /** The connection is cut before anything is done, or after it. */
  | { kind: 'cut'; when: 'before' | 'after' }
  /** Of the operations of a batch, only the first so many are done before the connection is cut. */
  | { kind: 'cut-within'; operations: number }
  /** Waits, before anything is done. */
  | { kind: 'hold'; until: Promise<void> };

type Watcher = (call: QdrantCall, when: 'before' | 'after') => void;

export interface QdrantStandIn extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly QdrantCall[];
  readonly collections: ReadonlyMap<string, StoredCollection>;
  readonly aliases: ReadonlyMap<string, string>;
  /** @param options.times - how many requests; all when it is not given */
  fail(route: RegExp, fault: Fault, options?: { times?: number }): void;
  /** Ends all faults. */
  heal(): void;
  /** Told of each request, before and after it is done. */
  watch(watcher: Watcher): void;
  /** Of the collection that the name stands for. */
  points(name: string): StoredPoint[];
}

/**
 * A Qdrant on loopback, as far as Istok asks: brute force, strict about what it is sent, and broken
 * where a test wants it to be.
 */
export async function startQdrant({
  version = '1.19.1',
  apiKey = null,
}: { version?: string; apiKey?: string | null } = {}): Promise<QdrantStandIn> {
  const calls: QdrantCall[] = [];
  const collections = new Map<string, StoredCollection>();
  const aliases = new Map<string, string>();
  let faults: { route: RegExp; fault: Fault; left: number }[] = [];
  let watcher: Watcher = ignore;
  const state: State = { version, collections, aliases };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://qdrant');
    const text = await readBody(request);
    const key = request.headers['api-key'];
    const call: QdrantCall = {
      route: `${request.method} ${decodeURIComponent(url.pathname)}`,
      search: url.search,
      body: text === '' ? null : JSON.parse(text),
      apiKey: typeof key === 'string' ? key : null,
    };
    calls.push(call);
    watcher(call, 'before');
    const due = faults.find(({ route, left }) => left > 0 && route.test(call.route));
    if (due !== undefined) due.left -= 1;
    const fault = due?.fault;
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'cut' && fault.when === 'before') return void request.socket.destroy();
    try {
      if (fault?.kind === 'refuse') {
        for (const [name, value] of Object.entries(fault.headers ?? {})) {
          response.setHeader(name, value);
        }
        throw new Refusal(fault.status, fault.message);
      }
      if (apiKey !== null && call.apiKey !== apiKey) {
        throw new Refusal(401, 'Must provide an API key or an Authorization bearer token');
      }
      const operations = fault?.kind === 'cut-within' ? fault.operations : Infinity;
      const result = answer(state, call, operations);
      watcher(call, 'after');
      if (fault?.kind === 'cut' || fault?.kind === 'cut-within') {
        return void request.socket.destroy();
      }
      sendJson(response, call.route === 'GET /' ? result : { result, status: 'ok', time: 0.001 });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, { status: { error: error.message }, time: 0.001 }, error.status);
    }
  };

  const server = await startServer(handle);
  return {
    url: server.url,
    calls,
    collections,
    aliases,
    fail(route, fault, { times = Infinity } = {}) {
      faults.push({ route, fault, left: times });
    },
    heal() {
      faults = [];
    },
    watch(next) {
      watcher = next;
    },
    points: (name) => [...(collections.get(aliases.get(name) ?? name)?.points.values() ?? [])],
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function ignore(): void {}

interface State {
  version: string;
  collections: Map<string, StoredCollection>;
  aliases: Map<string, string>;
}

function answer(state: State, { route, search, body }: QdrantCall, operations: number): unknown {
  const { collections, aliases } = state;
  const [method = '', path = ''] = route.split(' ');
  if (path === '/') return { title: 'qdrant', version: state.version, commit: '0000000' };
  if (path === '/aliases') {
    return {
      aliases: [...aliases].map(([alias_name, collection_name]) => {
        return { alias_name, collection_name };
      }),
    };
  }
  if (path === '/collections/aliases') {
    const { actions } = checked<Schemas['ChangeAliasesOperation']>(body, 'ChangeAliasesOperation');
    changeAliases(state, actions);
    return true;
  }
  const [, , name = '', ...rest] = path.split('/');
  const part = rest.join('/');
  if (part === 'exists') return { exists: collections.has(name) || aliases.has(name) };
  if (part === '' && method === 'PUT') {
    if (collections.has(name)) {
      throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
    }
    const config = checked<Schemas['CreateCollection']>(body, 'CreateCollection');
    collections.set(name, new StoredCollection(config));
    return true;
  }
  if (part === '' && method === 'DELETE') {
    for (const [alias, collection] of aliases) if (collection === name) aliases.delete(alias);
    return collections.delete(name);
  }
  const collection = collections.get(aliases.get(name) ?? name);
  if (collection === undefined) {
    throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`);
  }
  if (method === 'PUT' || /^points\/(?:batch|delete|payload)$/u.test(part)) {
    // What is acknowledged must be kept.
    if (!new URLSearchParams(search).has('wait', 'true')) throw new Refusal(400, 'no wait=true');
  }
  return ofCollection(collection, { method, part, body, operations });
}

function ofCollection(
  collection: StoredCollection,
  {
    method,
    part,
    body,
    operations,
  }: { method: string; part: string; body: unknown; operations: number },
): unknown {
  switch (`${method} ${part}`) {
    case 'GET ': {
      const { vectors, sparse_vectors, metadata } = collection.config;
      return {
        status: 'green',
        points_count: collection.points.size,
        config: { params: { vectors, sparse_vectors }, metadata },
      };
    }
    case 'PUT index': {
      const { field_name, field_schema } = checked<Schemas['CreateFieldIndex']>(
        body,
        'CreateFieldIndex',
      );
      collection.indexes.set(field_name, field_schema);
      return ACKNOWLEDGED;
    }
    case 'PUT points': {
      const upsert = checked<Schemas['PointInsertOperations']>(body, 'PointInsertOperations');
      collection.update({ upsert });
      return ACKNOWLEDGED;
    }
    case 'POST points/batch': {
      const batch = checked<Schemas['UpdateOperations']>(body, 'UpdateOperations');
      for (const operation of batch.operations.slice(0, operations)) collection.update(operation);
      return batch.operations.map(() => ACKNOWLEDGED);
    }
    case 'POST points': {
      const { ids } = checked<Schemas['PointRequest']>(body, 'PointRequest');
      return ids.flatMap((id) => {
        const point = collection.points.get(String(id));
        return point === undefined ? [] : [{ id: point.id, payload: point.payload }];
      });
    }
    case 'POST points/scroll': {
      const request = checked<Schemas['ScrollRequest']>(body, 'ScrollRequest');
      const { points, next } = collection.scroll(request);
      return {
        points: points.map((point) => shown(point, request)),
        next_page_offset: next,
      };
    }
    case 'POST points/count': {
      const { filter } = checked<Schemas['CountRequest']>(body, 'CountRequest');
      return { count: collection.matching(filter as Schemas['Filter']).length };
    }
    case 'POST facet': {
      return { hits: collection.facet(checked<Schemas['FacetRequest']>(body, 'FacetRequest')) };
    }
    case 'POST points/query/batch': {
      const { searches } = checked<Schemas['QueryRequestBatch']>(body, 'QueryRequestBatch');
      return searches.map((search) => ({
        points: collection.search(search).map(({ point, score }) => {
          return { ...shown(point, search), version: 1, score };
        }),
      }));
    }
    default: {
      throw new Refusal(404, `the stand-in has no ${method} ${part}`);
    }
  }
}

const ACKNOWLEDGED = { operation_id: 1, status: 'completed' };

function changeAliases(
  { collections, aliases }: State,
  actions: Schemas['ChangeAliasesOperation']['actions'],
): void {
  for (const action of actions) {
    if ('create_alias' in action) {
      const { alias_name, collection_name } = action.create_alias;
      if (!collections.has(collection_name)) {
        throw new Refusal(404, `Not found: Collection \`${collection_name}\` doesn't exist!`);
      }
      if (collections.has(alias_name)) {
        throw new Refusal(409, `Wrong input: Collection \`${alias_name}\` already exists!`);
      }
      aliases.set(alias_name, collection_name);
    } else if ('delete_alias' in action) {
      const { alias_name } = action.delete_alias;
      if (!aliases.delete(alias_name)) {
        throw new Refusal(404, `Not found: Alias ${alias_name} does not exists!`);
      }
    }
  }
}

function shown(
  { id, payload, vectors }: StoredPoint,
  { with_payload, with_vector }: { with_payload?: unknown; with_vector?: unknown },
) {
  const fields = Array.isArray(with_payload) ? new Set<unknown>(with_payload) : null;
  return {
    id,
    ...(with_payload === true ? { payload } : {}),
    ...(fields === null
      ? {}
      : {
          payload: Object.fromEntries(Object.entries(payload).filter(([key]) => fields.has(key))),
        }),
    ...(with_vector === true ? { vector: vectors } : {}),
  };
}

function checked<Body>(body: unknown, name: RequestBody): Body {
  const fault = checkBody(body, name);
  if (fault !== null) throw new Refusal(400, `Format error in JSON body: ${fault}`);
  return body as Body;
}
