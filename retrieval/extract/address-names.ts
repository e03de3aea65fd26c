/** The last part of an address's path, decoded: what a document is called without a title. */
export function fileName(url: string): string {
  try {
    return decodeURIComponent(
      new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '',
    );
  } catch {
    return '';
  }
}

/** The host without `www.`: what a site is called that gives itself no name. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./u, '');
  } catch {
    return '';
  }
}
