import type { MessageEntity } from 'grammy/types';

import { element, icon, iconButton } from './dom.ts';

/** What a tap on a part of a text does. */
export interface TextActions {
  sendCommand(command: string): void;
  copy(text: string): void;
  words: { expand: string; collapse: string; copy: string };
}

/** Text with its entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do. */
export function renderText(
  text: string,
  entities: readonly MessageEntity[],
  actions: TextActions,
): DocumentFragment {
  const ordered = entities.toSorted(
    (one, other) => one.offset - other.offset || other.length - one.length,
  );
  return renderRange(text, { from: 0, to: text.length }, ordered, actions);
}

interface Range {
  from: number;
  to: number;
}

function renderRange(
  text: string,
  { from, to }: Range,
  entities: readonly MessageEntity[],
  actions: TextActions,
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    index += 1;
    if (entity === undefined || entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const inner: MessageEntity[] = [];
    for (let next = entities[index]; next !== undefined && next.offset < end;) {
      inner.push(next);
      index += 1;
      next = entities[index];
    }
    fragment.append(text.slice(at, entity.offset));
    const range = { from: entity.offset, to: end };
    const content = renderRange(text, range, inner, actions);
    fragment.append(renderEntity(entity, text.slice(range.from, range.to), content, actions));
    // A block ends its line by itself.
    at = isBlock(entity) && text.charAt(end) === '\n' ? end + 1 : end;
  }
  fragment.append(text.slice(at, to));
  return fragment;
}

function isBlock({ type }: MessageEntity): boolean {
  return type === 'blockquote' || type === 'expandable_blockquote' || type === 'pre';
}

function renderEntity(
  entity: MessageEntity,
  text: string,
  content: DocumentFragment,
  actions: TextActions,
): Node {
  switch (entity.type) {
    case 'bold':
      return element('strong', {}, content);
    case 'italic':
      return element('em', {}, content);
    case 'underline':
      return element('u', {}, content);
    case 'strikethrough':
      return element('s', {}, content);
    case 'spoiler':
      return renderSpoiler(content);
    case 'code':
      return renderCode(content, text, actions);
    case 'pre':
      return renderPre(content, text, entity.language, actions);
    case 'text_link':
      return renderLink(entity.url, content);
    case 'url':
      return renderLink(withScheme(text), content);
    case 'email':
      return element('a', { href: `mailto:${text}` }, content);
    case 'bot_command':
      return renderCommand(content, text, actions);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return element('span', { class: 'mention' }, content);
    case 'blockquote':
      return element('blockquote', {}, content);
    case 'expandable_blockquote':
      return renderExpandable(content, actions);
    default:
      return content;
  }
}

/** Only the web: an address of another kind, such as `javascript:`, stays text. */
function renderLink(address: string, content: DocumentFragment): Node {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return content;
  const link = { href: address, target: '_blank', rel: 'noopener noreferrer', title: address };
  return element('a', link, content);
}

function withScheme(text: string): string {
  if (/^[a-z][a-z\d+.-]*:/iu.test(text) && !/^[^/]+:\d/u.test(text)) return text;
  return /^[\w.-]+\.localhost(?:[:/]|$)/iu.test(text) ? `http://${text}` : `https://${text}`;
}

function renderCode(content: DocumentFragment, text: string, actions: TextActions): Node {
  const code = element('code', { title: actions.words.copy }, content);
  code.addEventListener('click', () => actions.copy(text));
  return code;
}

function renderPre(
  content: DocumentFragment,
  text: string,
  language: string | undefined,
  actions: TextActions,
): Node {
  const copy = iconButton('copy', actions.words.copy);
  copy.addEventListener('click', () => actions.copy(text));
  return element(
    'div',
    { class: 'code-block' },
    element('div', { class: 'code-head' }, element('span', {}, language ?? ''), copy),
    element('pre', {}, element('code', {}, content)),
  );
}

function renderCommand(content: DocumentFragment, text: string, actions: TextActions): Node {
  const button = element('button', { type: 'button', class: 'command-link' }, content);
  button.addEventListener('click', () => actions.sendCommand(text));
  return button;
}

function renderSpoiler(content: DocumentFragment): Node {
  const spoiler = element('span', { class: 'spoiler', role: 'button', tabindex: 0 }, content);
  const reveal = (): void => {
    spoiler.classList.add('revealed');
    spoiler.removeAttribute('role');
    spoiler.removeAttribute('tabindex');
  };
  spoiler.addEventListener('click', reveal);
  spoiler.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') reveal();
  });
  return spoiler;
}

/** Three lines of a quotation until it is tapped; what is no longer than that has no button. */
function renderExpandable(content: DocumentFragment, { words }: TextActions): Node {
  const body = element('div', { class: 'quotation-text' }, content);
  const toggle = element(
    'button',
    { type: 'button', class: 'quotation-toggle', 'aria-expanded': 'false' },
    icon('down'),
  );
  const quotation = element('blockquote', { class: 'expandable collapsed' }, body, toggle);
  const show = (isExpanded: boolean): void => {
    quotation.classList.toggle('collapsed', !isExpanded);
    toggle.setAttribute('aria-expanded', String(isExpanded));
    toggle.setAttribute('aria-label', isExpanded ? words.collapse : words.expand);
  };
  show(false);
  quotation.addEventListener('click', (event) => {
    const { target } = event;
    const isControl =
      target instanceof Element && target.closest('a, code, .command-link') !== null;
    const isSelecting = document.getSelection()?.isCollapsed === false;
    if (isControl || isSelecting || toggle.hidden) return;
    show(quotation.classList.contains('collapsed'));
  });
  const fit = new ResizeObserver(() => {
    if (!quotation.classList.contains('collapsed')) return;
    toggle.hidden = body.scrollHeight <= body.clientHeight + 1;
    quotation.classList.toggle('fits', toggle.hidden);
  });
  fit.observe(body);
  return quotation;
}
