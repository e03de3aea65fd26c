import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { parseMultipart } from './multipart.ts';
import type { FormPart } from './multipart.ts';
import { badRequest, Refusal } from './refusal.ts';

/** What came with a call, before it is checked. */
export interface RequestBody {
  parameters: Record<string, unknown>;
  /** Files by the name of their part. */
  uploads: Map<string, Upload>;
  /** Values of a form are texts, whatever they mean: numbers and JSON are read from them. */
  isForm: boolean;
}

export interface Upload {
  fileName: string;
  mimeType: string;
  content: Uint8Array;
}

const LARGEST_BODY_BYTES = 55 * 1024 * 1024;

/**
 * Parameters from the query and the body: JSON, a form, or a form with files.
 * @throws {Refusal} for JSON that is none, for an unknown type and for more than Telegram takes.
 */
export async function readRequestBody(request: IncomingMessage, url: URL): Promise<RequestBody> {
  const query = Object.fromEntries(url.searchParams);
  const content = await buffer(request);
  if (content.length > LARGEST_BODY_BYTES) throw new Refusal(413, 'Request Entity Too Large');
  const type = request.headers['content-type'] ?? '';
  const isForm = !type.startsWith('application/json');
  const { parameters, uploads } = parse(content, type);
  return { parameters: { ...query, ...parameters }, uploads, isForm };
}

function parse(content: Buffer, type: string): Omit<RequestBody, 'isForm'> {
  if (content.length === 0) return { parameters: {}, uploads: new Map() };
  if (type.startsWith('application/json')) {
    return { parameters: parseJson(content.toString('utf8')), uploads: new Map() };
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const values = new URLSearchParams(content.toString('utf8'));
    return { parameters: Object.fromEntries(values), uploads: new Map() };
  }
  if (type.startsWith('multipart/form-data')) return parseForm(content, type);
  throw badRequest(`unsupported content type "${type}"`);
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse request body: it is no JSON");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest("can't parse request body: it is no object");
  }
  return value as Record<string, unknown>;
}

function parseForm(content: Buffer, type: string): Omit<RequestBody, 'isForm'> {
  const parameters: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  let parts: FormPart[];
  try {
    parts = parseMultipart(content, type);
  } catch {
    throw badRequest("can't parse request body: it is no form");
  }
  for (const { name, value } of parts) {
    if (typeof value === 'string') parameters[name] = value;
    else uploads.set(name, value);
  }
  return { parameters, uploads };
}
