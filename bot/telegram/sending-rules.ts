/** How a call of the Bot API is to be sent. */
export interface SendingRules {
  /** Whether it counts as a message in Telegram's limits. */
  isMessage: boolean;
  /** Whether it may be sent again when nobody knows whether it arrived. */
  isRepeatable: boolean;
  /**
   * `until-it-arrives`: somebody waits for it. `soon`: after half a minute nobody does any more.
   * `at-once`: what comes after makes it superfluous. `not-here`: whoever calls tries again.
   */
  patience: 'until-it-arrives' | 'soon' | 'at-once' | 'not-here';
}

/**
 * In a call's payload: rather not at all than twice. Telegram's servers, or one before them, may fail
 * after they have taken a message; nothing of the mark is sent.
 */
export const ONCE: unique symbol = Symbol('once');

/** The rules for a method, by the words that Telegram's methods start with. */
export function sendingRules(method: string): SendingRules {
  if (['getUpdates', 'getMe', 'logOut', 'close'].includes(method)) {
    return { isMessage: false, isRepeatable: true, patience: 'not-here' };
  }
  if (/^send(?:ChatAction|(?:Rich)?MessageDraft)$/u.test(method)) {
    return { isMessage: false, isRepeatable: true, patience: 'at-once' };
  }
  if (/^(?:send|copyMessage|forwardMessage)/u.test(method)) {
    return { isMessage: true, isRepeatable: false, patience: 'until-it-arrives' };
  }
  if (method.startsWith('editMessage')) {
    return { isMessage: true, isRepeatable: true, patience: 'until-it-arrives' };
  }
  return {
    isMessage: false,
    isRepeatable: /^(?:get|set|edit|delete|answer|pin|unpin|leave)/u.test(method),
    patience: 'soon',
  };
}
