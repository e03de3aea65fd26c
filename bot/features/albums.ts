/** Telegram brings files that were sent together one by one: this brings what came of them together. */
export interface Albums<Outcome> {
  /**
   * Resolves when all of the album that has come is done. One of them gets all outcomes: the one that
   * carries a question, else the first; the others get null. What belongs to no album gets its own.
   */
  gather(
    chatId: number,
    albumId: string | null,
    work: Promise<Outcome>,
    options: { isAsked: boolean },
  ): Promise<Outcome[] | null>;
}

export function createAlbums<Outcome>(): Albums<Outcome> {
  const open = new Map<string, { works: Promise<Outcome>[]; asking: Promise<Outcome> | null }>();
  return {
    async gather(chatId, albumId, work, { isAsked }) {
      if (albumId === null) return [await work];
      const key = `${chatId}:${albumId}`;
      const album = open.getOrInsertComputed(key, () => ({ works: [], asking: null }));
      const isFirst = album.works.length === 0;
      album.works.push(work);
      if (isAsked) album.asking ??= work;
      // More may come while these are being read.
      for (let seen = 0; seen < album.works.length;) {
        seen = album.works.length;
        await Promise.allSettled(album.works);
      }
      if (open.get(key) === album) open.delete(key);
      const speaks = album.asking === null ? isFirst : album.asking === work;
      if (!speaks) {
        await work;
        return null;
      }
      return Promise.all(album.works);
    },
  };
}
