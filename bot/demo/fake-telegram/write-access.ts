import type { FakeState } from './fake-state.ts';
import { badRequest, forbidden } from './refusal.ts';
import type { Room } from './rooms.ts';

/** @throws {Refusal} when there is no such chat, or it has become another. */
export function findRoom({ rooms }: FakeState, chatId: number | string | undefined): Room {
  if (chatId === undefined || chatId === '') throw badRequest('chat_id is empty');
  const number = Number(chatId);
  const room = Number.isSafeInteger(number)
    ? rooms.find(number)
    : rooms.findByUsername(String(chatId));
  if (room === null) throw badRequest('chat not found');
  if (room.migratedTo !== null) {
    throw badRequest('group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: room.migratedTo,
    });
  }
  return room;
}

/** The chat, where the bot may ask about it: also where its reader has blocked it. @throws {Refusal} */
export function visitRoom(state: FakeState, chatId: number | string | undefined): Room {
  const room = findRoom(state, chatId);
  if (room.chat.type !== 'private') return enterRoom(state, chatId);
  if (state.rooms.accounts.get(room.chat.id)?.hasStarted !== true)
    throw badRequest('chat not found');
  return room;
}

/** The chat, where the bot may be. @throws {Refusal} */
export function enterRoom(state: FakeState, chatId: number | string | undefined): Room {
  const room = findRoom(state, chatId);
  const { type } = room.chat;
  if (type === 'private') {
    const account = state.rooms.accounts.get(room.chat.id);
    if (account?.hasBlocked === true) throw forbidden('bot was blocked by the user');
    if (account?.user.is_bot === true) throw forbidden("bot can't send messages to bots");
    if (account?.hasStarted !== true) {
      throw forbidden("bot can't initiate conversation with a user");
    }
    return room;
  }
  if (room.bot === 'kicked') throw forbidden(`bot was kicked from the ${type} chat`);
  if (room.bot === 'left') throw forbidden(`bot is not a member of the ${type} chat`);
  return room;
}

/** The chat, where the bot may write. @throws {Refusal} */
export function enterRoomToWrite(
  state: FakeState,
  chatId: number | string | undefined,
  what = 'text messages',
): Room {
  const room = enterRoom(state, chatId);
  if (room.chat.type === 'channel' && room.bot !== 'administrator') {
    throw badRequest('need administrator rights in the channel chat');
  }
  if (room.bot === 'restricted') {
    throw badRequest(`not enough rights to send ${what} to the chat`);
  }
  return room;
}
