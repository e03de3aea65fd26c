import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

import { Agent } from 'undici';

import { GigaChatError } from '../errors.ts';

/**
 * Connections that also trust the authorities of a PEM file: GigaChat's certificates come from the
 * Russian national authority, which Node does not know. Verification always stays on. Close it.
 * @throws {GigaChatError} when the file cannot be read or holds no certificate
 */
export function createGigaChatAgent({ caFile }: { caFile: string | null }): Agent {
  if (caFile === null) return new Agent();
  return new Agent({ connect: { ca: [...rootCertificates, readCertificates(caFile)] } });
}

function readCertificates(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GigaChatError(`gigachat: the file of GIGACHAT_CA_FILE, ${file}, cannot be read`, {
      retryable: false,
      cause,
    });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new GigaChatError(
    `gigachat: the file of GIGACHAT_CA_FILE, ${file}, holds no certificate in PEM form`,
    { retryable: false },
  );
}
