import type { InlineQueryResult } from 'grammy/types';

import { checkKeyboard } from '../keyboard-limits.ts';
import { badRequest } from '../refusal.ts';
import { CAPTION } from '../text-limits.ts';

import type { MethodCall, Methods } from './method.ts';
import { outgoingText } from './method.ts';

/** Answers to buttons and inline queries. */
export const answerMethods: Methods = {
  answerCallbackQuery(parameters, { state }) {
    state.callbackQueries.answer(parameters.callback_query_id, {
      text: parameters.text ?? null,
      showAlert: parameters.show_alert ?? false,
      url: parameters.url ?? null,
    });
    return true;
  },

  answerInlineQuery(parameters, call) {
    const { results, button } = parameters;
    if (results.length > 50) throw badRequest('RESULTS_TOO_MUCH');
    const ids = new Set<string>();
    for (const result of results) {
      const bytes = Buffer.byteLength(result.id);
      if (bytes === 0 || bytes > 64) throw badRequest('RESULT_ID_INVALID');
      if (ids.has(result.id)) throw badRequest('RESULT_ID_DUPLICATE');
      ids.add(result.id);
      checkResult(result, call);
    }
    if (Buffer.byteLength(parameters.next_offset ?? '') > 64)
      throw badRequest('NEXT_OFFSET_INVALID');
    const startParameter = button?.start_parameter ?? null;
    if (startParameter !== null && !/^[\w-]{1,64}$/u.test(startParameter)) {
      throw badRequest('START_PARAM_INVALID');
    }
    call.state.inlineQueries.answer(parameters.inline_query_id, {
      results: [...results],
      cacheTimeSeconds: parameters.cache_time ?? 300,
      isPersonal: parameters.is_personal ?? false,
      nextOffset: parameters.next_offset ?? '',
      button: button === undefined ? null : { text: button.text, startParameter },
    });
    return true;
  },
};

function checkResult(result: InlineQueryResult, call: MethodCall): void {
  if ('title' in result && result.title?.trim() === '') throw badRequest('RESULT_TITLE_EMPTY');
  if ('input_message_content' in result && result.input_message_content !== undefined) {
    const content = result.input_message_content;
    if ('message_text' in content) {
      const { message_text: text, entities, parse_mode } = content;
      outgoingText(call, { text, entities, parse_mode });
    }
  }
  if ('caption' in result && result.caption !== undefined) {
    const { caption: text, caption_entities: entities, parse_mode } = result;
    outgoingText(call, { text, entities, parse_mode }, CAPTION);
  }
  checkKeyboard(result.reply_markup);
}
