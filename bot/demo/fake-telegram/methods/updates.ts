import { Refusal } from '../refusal.ts';

import type { Methods } from './method.ts';

/** How the bot gets its updates. */
export const updateMethods: Methods = {
  async getUpdates(parameters, { state, gone }) {
    if (state.webhook.url !== '') {
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const { offset = 0, limit = 100, timeout = 0, allowed_updates: allowed } = parameters;
    if (allowed !== undefined) state.updates.allowed = allowed;
    const timeoutMs = Math.min(Math.max(timeout, 0), 50) * 1000;
    const most = Math.min(Math.max(limit, 1), 100);
    return state.updates.poll({ offset, limit: most, timeoutMs }, gone);
  },

  setWebhook(parameters, { state }) {
    state.webhook.set(parameters);
    return true;
  },

  deleteWebhook(parameters, { state }) {
    state.webhook.remove();
    if (parameters.drop_pending_updates === true) state.updates.clear();
    return true;
  },

  getWebhookInfo(_, { state }) {
    return state.webhook.info();
  },
};
