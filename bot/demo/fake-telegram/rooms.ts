import type { Chat, ChatMember, Message, User } from 'grammy/types';

/** A chat with all that is known of it. */
export interface Room {
  chat: Chat;
  messages: Map<number, Message>;
  /** Who is in it, the bot apart. */
  members: Map<number, User>;
  adminIds: Set<number>;
  bot: BotStanding;
  /** Set once a group has become a supergroup: calls to the group are told so. */
  migratedTo: number | null;
  /** Threads of a forum that were written in. */
  threadIds: Set<number>;
  pinnedIds: number[];
  /** The writer of the last message of a bot: commands without a name are meant for it. */
  lastBotId: number | null;
}

/** `restricted` is in the chat and may not write. */
export type BotStanding = 'member' | 'administrator' | 'restricted' | 'left' | 'kicked';

/** Someone with an account. */
export interface Account {
  user: User;
  /** A bot may not write to a person before the person has written to it. */
  hasStarted: boolean;
  hasBlocked: boolean;
}

/** Users, chats and messages: what Telegram keeps. Knows no rules and no transport. */
export class Rooms {
  readonly bot: User;
  readonly accounts = new Map<number, Account>();
  readonly #rooms = new Map<number, Room>();
  readonly #ownCounters = new Map<number, number>();
  #sharedCounter = 0;
  #nextUserId = 1001;
  #nextChatNumber = 1;

  constructor({ bot }: { bot: User }) {
    this.bot = bot;
  }

  createUser(given: Partial<User> = {}): Account {
    let { id } = given;
    if (id === undefined) {
      while (this.accounts.has(this.#nextUserId)) this.#nextUserId += 1;
      id = this.#nextUserId;
    }
    const known = this.accounts.get(id);
    if (known !== undefined) {
      Object.assign(known.user, given);
      return known;
    }
    const user: User = { is_bot: false, first_name: 'Читатель', ...given, id };
    const account = { user, hasStarted: false, hasBlocked: false };
    this.accounts.set(id, account);
    const { first_name, last_name, username } = user;
    const names = { first_name, ...(last_name && { last_name }), ...(username && { username }) };
    this.addRoom({ id, type: 'private', ...names }, 'member');
    return account;
  }

  /** Ids of groups are negative, those of supergroups and channels begin with -100. */
  nextChatId(type: 'group' | 'supergroup' | 'channel'): number {
    const number = this.#nextChatNumber;
    this.#nextChatNumber += 1;
    return type === 'group' ? -(4_000_000 + number) : -(1_002_000_000_000 + number);
  }

  addRoom(chat: Chat, bot: BotStanding): Room {
    const room: Room = {
      chat,
      messages: new Map(),
      members: new Map(),
      adminIds: new Set(),
      bot,
      migratedTo: null,
      threadIds: new Set(),
      pinnedIds: [],
      lastBotId: null,
    };
    this.#rooms.set(chat.id, room);
    return room;
  }

  find(chatId: number): Room | null {
    return this.#rooms.get(chatId) ?? null;
  }

  findByUsername(name: string): Room | null {
    const wanted = name.replace(/^@/u, '').toLowerCase();
    for (const room of this.#rooms.values()) {
      if ('username' in room.chat && room.chat.username?.toLowerCase() === wanted) return room;
    }
    return null;
  }

  /** For what a test or a page does: a chat that does not exist is a mistake there. */
  get(chatId: number): Room {
    const room = this.find(chatId);
    if (room === null) throw new Error(`There is no chat ${chatId}: create it first.`);
    return room;
  }

  /** Private chats and groups share one count, as a bot sees it; the others have their own. */
  nextMessageId({ chat, messages }: Room): number {
    if (chat.type === 'private' || chat.type === 'group') {
      this.#sharedCounter += 1;
      return this.#sharedCounter;
    }
    let next = (this.#ownCounters.get(chat.id) ?? 0) + 1;
    // The first message of a forum's thread has the thread's id, which a test may choose.
    while (messages.has(next)) next += 1;
    this.#ownCounters.set(chat.id, next);
    return next;
  }

  isAdmin(room: Room, userId: number): boolean {
    if (userId === this.bot.id) return room.bot === 'administrator';
    return room.adminIds.has(userId);
  }

  memberOf(room: Room, userId: number): ChatMember | null {
    if (userId === this.bot.id) return botMember(this.bot, room);
    const user = room.members.get(userId);
    if (user === undefined) {
      const account = this.accounts.get(userId);
      return account === undefined ? null : { status: 'left', user: account.user };
    }
    if (!room.adminIds.has(userId)) return { status: 'member', user };
    const [owner] = room.adminIds;
    return owner === userId
      ? { status: 'creator', user, is_anonymous: false }
      : administrator(user, room.chat.type);
  }
}

/** The bot's own membership as updates and getChatMember show it. */
export function botMember(
  user: User,
  room: Pick<Room, 'bot' | 'chat'>,
  standing: BotStanding = room.bot,
): ChatMember {
  switch (standing) {
    case 'administrator':
      return administrator(user, room.chat.type);
    case 'restricted':
      return { status: 'restricted', user, is_member: true, ...NO_RIGHTS, until_date: 0 };
    case 'kicked':
      return { status: 'kicked', user, until_date: 0 };
    default:
      return { status: standing, user };
  }
}

function administrator(user: User, type: Chat['type']): ChatMember {
  return {
    status: 'administrator',
    user,
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: true,
    can_restrict_members: true,
    can_promote_members: false,
    can_change_info: true,
    can_invite_users: true,
    can_send_welcome_messages: false,
    can_post_stories: true,
    can_edit_stories: true,
    can_delete_stories: true,
    ...(type === 'channel'
      ? { can_post_messages: true, can_edit_messages: true }
      : { can_pin_messages: true, can_manage_topics: type === 'supergroup' }),
  };
}

const NO_RIGHTS = {
  can_send_messages: false,
  can_send_audios: false,
  can_send_documents: false,
  can_send_photos: false,
  can_send_videos: false,
  can_send_video_notes: false,
  can_send_voice_notes: false,
  can_send_polls: false,
  can_send_other_messages: false,
  can_add_web_page_previews: false,
  can_react_to_messages: false,
  can_change_info: false,
  can_invite_users: false,
  can_edit_tag: false,
  can_pin_messages: false,
  can_manage_topics: false,
};
