import type { EarlierTurn } from '../../generation/answer/answer-event.ts';
import { subjectOf } from '../digest/askable-post.ts';
import type { AskablePost, FindAskablePost } from '../digest/askable-post.ts';
import type { AskedPosts } from '../state/asked-posts.ts';

import type { ChatQuestion } from './chat-question.ts';

/** What a question about a post of the channel is answered from. */
export interface RequestedPost {
  /** Addresses. */
  pages: readonly string[];
  /** The post, as if it had been an answer: so «а сколько у неё параметров?» is understood. */
  history: EarlierTurn;
}

export type PostOfQuestion = (question: ChatQuestion) => RequestedPost | null;

export function createPostOfQuestion({
  findPost,
  askedPosts,
}: {
  findPost: FindAskablePost;
  askedPosts: AskedPosts;
}): PostOfQuestion {
  return ({ place, about, checked, inReplyTo, askedAt }) => {
    // What names a file or replies to an answer says what it is about.
    if (place.kind !== 'private' || about !== null || checked !== null || inReplyTo !== null) {
      return null;
    }
    const id = askedPosts.of(place.chatId, askedAt);
    const post = id === null ? null : findPost(id);
    if (post === null || post.sources.length === 0) return null;
    askedPosts.renew(place.chatId, askedAt);
    return { pages: post.sources, history: turnOf(post) };
  };
}

function turnOf(post: AskablePost): EarlierTurn {
  const isRussian = /[а-яё]/iu.test(post.text);
  const subject = subjectOf(post);
  return {
    standaloneQuestion: isRussian ? `Что такое ${subject}?` : `What is ${subject}?`,
    answer: post.text,
  };
}
