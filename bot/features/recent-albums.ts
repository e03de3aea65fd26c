/** Telegram brings an album as one message a picture; this tells the first of each. */
export interface RecentAlbums {
  /** Also true for what belongs to no album. */
  isNew(chatId: number, albumId: string | undefined): boolean;
}

export function createRecentAlbums({
  keptChats = 1_000,
}: { keptChats?: number } = {}): RecentAlbums {
  /** The chat that sent one last comes last. */
  const last = new Map<number, string>();
  return {
    isNew(chatId, albumId) {
      if (albumId === undefined) return true;
      const isNew = last.get(chatId) !== albumId;
      last.delete(chatId);
      last.set(chatId, albumId);
      const [oldest] = last.keys();
      if (last.size > keptChats && oldest !== undefined) last.delete(oldest);
      return isNew;
    },
  };
}
