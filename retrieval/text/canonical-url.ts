/**
 * One string for all addresses of a page: what pages are compared and stored by. Host in lower case
 * and without credentials, default port, fragment, session and tracking parameters; query sorted;
 * no slash at the end of a path; one form of percent-encoding; Wikipedia's mobile and index.php
 * forms as its article address. Scheme and `www.` stay: not every site answers on both.
 * Canonicalising twice changes nothing.
 * @throws {TypeError} when the text is not an http or https address.
 */
export function canonicalUrl(address: string): string {
  const canonical = normalize(address.trim());
  // Taking one thing away can lay the next one bare: `/a_/` in a wiki, `/.;sid=1`.
  return canonical === address ? canonical : canonicalUrl(canonical);
}

function normalize(address: string): string {
  const url = URL.parse(address);
  if (url === null) throw new TypeError('not an address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`not an http or https address: ${url.protocol}`);
  }
  const host = url.hostname.replace(/\.$/u, '');
  const parameters = keptParameters(url.search);
  const path = canonicalPath(url.pathname);
  const port = url.port === '' ? '' : `:${url.port}`;

  const wiki = wikiAddress(host, path, parameters);
  if (wiki !== null)
    return `${url.protocol}//${wiki.host}${port}${wiki.path}${join(wiki.parameters)}`;
  return `${url.protocol}//${host}${port}${path}${join(parameters)}`;
}

interface Parameter {
  key: string;
  value: string | null;
}

function canonicalPath(pathname: string): string {
  const path = normalizeEncoding(pathname, pathSafe)
    .replace(/;(?:jsessionid|phpsessid|sid)=[^/;]*/giu, '')
    .replace(/\/+$/u, '');
  return path === '' ? '/' : path;
}

/** Parameters that choose what is shown, by name; repeats of one name keep their order. */
function keptParameters(search: string): Parameter[] {
  return search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map(parseParameter)
    .filter(({ key }) => key !== '' && !isTracking(key.toLowerCase()))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function parseParameter(part: string): Parameter {
  // Addresses copied from HTML source keep the entity: `?a=1&amp;b=2`.
  const clean = part.replace(/^(?:amp;)+/u, '').replaceAll('+', '%20');
  const at = clean.indexOf('=');
  const key = normalizeEncoding(at === -1 ? clean : clean.slice(0, at), keySafe);
  return { key, value: at === -1 ? null : normalizeEncoding(clean.slice(at + 1), valueSafe) };
}

function join(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  return `?${parameters.map(({ key, value }) => (value === null ? key : `${key}=${value}`)).join('&')}`;
}

function isTracking(key: string): boolean {
  return trackingParameters.has(key) || trackingPrefix.test(key);
}

const trackingPrefix = /^(?:utm|hsa|pk|piwik|mtm|matomo|oly|vero|at)_|^_hs/u;

const trackingParameters = new Set(
  `gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl
   yclid ysclid ymclid yadclid yandex_click_id _openstat fbclid fb_action_ids fb_action_types
   msclkid twclid ttclid igshid igsh li_fat_id mc_cid mc_eid mkt_tok hsctatracking rb_clickid
   s_cid cmpid wickedid ref_src ref_url spm scm erid phpsessid jsessionid`.split(/\s+/u),
);

// Characters that mean the same raw and encoded at that place; `'` is left out since it ends links.
const unreserved = '[A-Za-z0-9._~-]';
const pathSafe = new RegExp(`${unreserved}|[!$&()*+,;=:@/]`, 'u');
const keySafe = new RegExp(`${unreserved}|[!$()*,:@/?]`, 'u');
const valueSafe = new RegExp(`${unreserved}|[!$()*,:@/?=]`, 'u');

/** Every byte either as itself or as upper-case `%XX`; bytes of old charsets stay what they are. */
function normalizeEncoding(text: string, safe: RegExp): string {
  return text.replace(/%[0-9a-f]{2}|[^%]|%/giu, (piece) => {
    if (piece.length === 3 && piece.startsWith('%')) {
      const character = String.fromCharCode(Number.parseInt(piece.slice(1), 16));
      // An encoded slash is part of a name; a raw one parts names.
      return safe.test(character) && character !== '/' ? character : piece.toUpperCase();
    }
    return safe.test(piece) ? piece : encodeCharacter(piece);
  });
}

function encodeCharacter(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Articles of Wikimedia's wikis, whose many addresses are documented and stable; else null. */
function wikiAddress(
  host: string,
  path: string,
  parameters: readonly Parameter[],
): { host: string; path: string; parameters: readonly Parameter[] } | null {
  const match = wikiHost.exec(host);
  if (match === null) return null;
  const [, language = '', project = ''] = match;
  const desktop = `${language}.${project}.org`;
  const title = parameters.find(({ key }) => key === 'title')?.value ?? '';
  const isIndex = path === '/w/index.php' || path === '/wiki/index.php';
  if (isIndex && title !== '' && !parameters.some(({ key }) => key === 'action')) {
    const rest = parameters.filter(({ key }) => key !== 'title');
    return { host: desktop, path: articlePath(title, project), parameters: rest };
  }
  if (!path.startsWith('/wiki/')) return { host: desktop, path, parameters };
  return { host: desktop, path: articlePath(path.slice('/wiki/'.length), project), parameters };
}

const wikiHost =
  /^([a-z]{2,}(?:-[a-z]+)*)(?:\.m)?\.(wikipedia|wikibooks|wikinews|wikiquote|wikisource|wikiversity|wikivoyage|wiktionary)\.org$/u;

function articlePath(encodedTitle: string, project: string): string {
  const title = normalizeEncoding(encodedTitle, pathSafe)
    .replace(/(?:%20|_)+/gu, '_')
    .replace(/^_|_$/gu, '');
  if (title === '') return '/wiki';
  // The first letter of a title is upper-case everywhere but in dictionaries.
  return `/wiki/${project === 'wiktionary' ? title : upperFirst(title)}`;
}

function upperFirst(encodedTitle: string): string {
  const first = /^(?:%[0-9A-F]{2})+/u.exec(encodedTitle)?.[0];
  if (first === undefined) return encodedTitle.slice(0, 1).toUpperCase() + encodedTitle.slice(1);
  try {
    const [letter = '', ...rest] = decodeURIComponent(first);
    const upper = letter.toUpperCase();
    // «ß» would become two letters, which MediaWiki does not do.
    if ([...upper].length !== 1) return encodedTitle;
    return encodeURIComponent(upper + rest.join('')) + encodedTitle.slice(first.length);
  } catch {
    return encodedTitle;
  }
}
