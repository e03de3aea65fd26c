/** Where people open what the services have; loopback copies have others. No slash at the end. */
export interface ServiceAddresses {
  huggingface: string;
  arxiv: string;
  github: string;
}

export const PUBLIC_ADDRESSES: ServiceAddresses = {
  huggingface: 'https://huggingface.co',
  arxiv: 'https://arxiv.org',
  github: 'https://github.com',
};

/** Where people go, from where programs ask; other addresses serve both. */
export function publicAddress(baseUrl: string): string {
  return PUBLIC_BY_API[baseUrl] ?? baseUrl;
}

/**
 * What an address names, the same for all its spellings: `huggingface:acme/model`,
 * `huggingface:datasets/acme/set`, `arxiv:2412.19437` without its version, `github:acme/model`; null
 * for all else.
 */
export function thingAt(address: string, addresses: ServiceAddresses): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  const host = url.host.replace(/^(?:www|export)\./u, '');
  const path = url.pathname.split('/').filter((part) => part !== '');
  if (HUGGING_FACE.has(host) || isAt(url, addresses.huggingface)) return onHuggingFace(path);
  if (isAt(url, addresses.arxiv) || host === 'arxiv.org') return onArxiv(url.pathname);
  if (isAt(url, addresses.github) || host === 'github.com') return onGithub(path);
  return null;
}

/** The address that people open, or null for what is no thing. */
export function addressOf(thing: string, addresses: ServiceAddresses): string | null {
  const [, service, name] = /^(huggingface|arxiv|github):(.+)$/u.exec(thing) ?? [];
  if (name === undefined) return null;
  if (service === 'arxiv') return `${addresses.arxiv}/abs/${name}`;
  return `${service === 'github' ? addresses.github : addresses.huggingface}/${name}`;
}

/** A paper's number without its version; an address may hold other names than numbers. */
export function paperNumber(written: string): string {
  return written.replace(/\.pdf$/iu, '').replace(/(\d)v\d+$/u, '$1');
}

/** When a paper of such a number was first submitted, to the month; null for numbers of other kinds. */
export function paperMonth(number: string): Date | null {
  const [, year, month] = /^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}$/u.exec(number) ?? [];
  return year === undefined ? null : new Date(`20${year}-${month ?? ''}-01T00:00:00Z`);
}

/** Addresses in a text, without the signs that end a sentence. */
export function addressesIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"'`()[\]{}\\|«»]+/gu) ?? [];
  return found
    .slice(0, MOST_ADDRESSES)
    .map((address) => address.replace(/[.,;:!?*_~]+$/u, ''))
    .filter((address) => URL.canParse(address));
}

const MOST_ADDRESSES = 200;
const HUGGING_FACE = new Set(['huggingface.co', 'hf.co']);

const PUBLIC_BY_API: Readonly<Record<string, string>> = {
  'https://export.arxiv.org': PUBLIC_ADDRESSES.arxiv,
  'http://export.arxiv.org': PUBLIC_ADDRESSES.arxiv,
  'https://api.github.com': PUBLIC_ADDRESSES.github,
};

function isAt(url: URL, base: string): boolean {
  const parsed = URL.parse(base);
  return parsed !== null && parsed.host === url.host.replace(/^www\./u, '');
}

function onHuggingFace(path: readonly string[]): string | null {
  const [first = '', second = '', third = ''] = path;
  if (first === 'papers') return second === '' ? null : `arxiv:${paperNumber(second)}`;
  if (first === 'datasets') {
    return third === '' ? null : `huggingface:datasets/${second}/${third}`.toLowerCase();
  }
  if (second === '' || NO_OWNERS.has(first)) return null;
  return `huggingface:${first}/${second}`.toLowerCase();
}

function onArxiv(pathname: string): string | null {
  const [, number] = /^\/(?:abs|pdf|html)\/(.+?)\/?$/u.exec(pathname) ?? [];
  return number === undefined ? null : `arxiv:${paperNumber(number).toLowerCase()}`;
}

function onGithub(path: readonly string[]): string | null {
  const [owner = '', name = ''] = path;
  if (name === '' || NO_OWNERS.has(owner)) return null;
  return `github:${owner}/${name.replace(/\.git$/u, '')}`.toLowerCase();
}

/** First parts of addresses that stand where an owner would. */
const NO_OWNERS = new Set(
  `spaces collections blog docs api models organizations learn posts settings pricing join login
   tasks new search features topics orgs sponsors marketplace about apps users user-attachments`.split(
    /\s+/u,
  ),
);
