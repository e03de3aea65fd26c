/** Where the admins see posts. */
export interface DraftCards {
  /**
   * Puts a post before the admins: as it will look, and below it what can be done with it. Resolves to
   * whether at least one could be reached.
   */
  show(postId: number, options?: { isSilent?: boolean; to?: readonly number[] }): Promise<boolean>;
  /** Whether an admin sees it. */
  isShown(postId: number): boolean;
  /** Its state changed: what the admins see says so. Never rejects. */
  refresh(postId: number): Promise<void>;
}
