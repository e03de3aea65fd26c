import { InlineKeyboard } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { FileExtent } from '../../retrieval/files/read-file.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { ChatFile } from '../state/chat-files.ts';

import type { ReadOutcome } from './file-desk.ts';

type Read = Extract<ReadOutcome, { type: 'read' }>;
type Unread = Extract<ReadOutcome, { type: 'unread' }>;

/** What came of files that were sent without a question: what each is, and what can be asked. */
export function describeFiles(
  outcomes: readonly (Read | Unread)[],
  locale: Locale,
  { hasModel }: { hasModel: boolean },
): { message: FormattedText; keyboard: InlineKeyboardMarkup | null } {
  const { t } = locale;
  const read = outcomes.filter((outcome) => outcome.type === 'read');
  const unread = outcomes.filter((outcome) => outcome.type === 'unread');
  const out = new FormattedTextBuilder();
  for (const [at, { file, isKnown }] of read.entries()) {
    if (at > 0) out.append('\n');
    out.append(read.length > 1 ? '• ' : '');
    out.wrap({ type: 'bold' }, () => out.append(shownName(file.name)));
    out.append(` — ${describeKind(file, locale)}.`);
    if (isKnown && read.length === 1) out.append(`\n${t('file-known')}`);
    if (file.isMisnamed)
      out.append(`\n${t('file-misnamed', { kind: t(`file-kind-${file.kind}`) })}`);
    if (file.extent.isCut) out.append(`\n${inPart(file.extent, locale)}`);
  }
  for (const outcome of unread) {
    out.append(out.length > 0 ? '\n\n' : '');
    out.append(unreadSentence(outcome, locale, { isNamed: outcomes.length > 1 }));
  }
  if (read.length > 0) out.append(`\n\n${t(read.length > 1 ? 'files-ask' : 'file-ask')}`);
  for (const note of goneNotes(read, locale)) out.append(`\n\n${note}`);
  const [only] = read;
  const keyboard =
    only === undefined || read.length > 1 ? null : fileKeyboard(only.file, locale, { hasModel });
  return { message: out.build(), keyboard };
}

/** Why a file could not be read, in one sentence. */
export function unreadSentence(
  { name, fault, found }: Unread,
  { t }: Locale,
  { isNamed }: { isNamed: boolean },
): string {
  const reason =
    fault === 'unsupported' ? t(`file-unsupported-${found ?? 'binary'}`) : t(`file-${fault}`);
  return isNamed ? `${shownName(name)}: ${reason}` : reason;
}

/** That older files had to go to make room. */
export function goneNotes(read: readonly Read[], { t }: Locale): string[] {
  const gone = read.flatMap((outcome) => outcome.gone.map(({ name }) => shownName(name)));
  return gone.length === 0 ? [] : [t('file-gone', { names: gone.join(', '), count: gone.length })];
}

/** What can be had at once; more where a model can write it. */
function fileKeyboard(
  { id, kind }: ChatFile,
  { t }: Locale,
  { hasModel }: { hasModel: boolean },
): InlineKeyboardMarkup {
  const keyboard = new InlineKeyboard();
  if (kind === 'code' && hasModel) {
    keyboard.text(t('button-file-explain'), `file:explain:${id}`);
    keyboard.text(t('button-file-tests'), `file:tests:${id}`).row();
    keyboard.text(t('button-file-documentation'), `file:documentation:${id}`);
    keyboard.text(t('button-file-refactor'), `file:refactor:${id}`);
  } else {
    const isCode = kind === 'code';
    keyboard.text(t(isCode ? 'button-file-outline' : 'button-file-summary'), `file:summary:${id}`);
  }
  return { inline_keyboard: keyboard.inline_keyboard };
}

/** `PDF, 12 pages, 48 passages`. */
function describeKind({ kind, codeLanguage, extent, passages }: ChatFile, { t }: Locale): string {
  const named = t(`file-kind-${kind}`);
  return [
    kind === 'code' && codeLanguage !== null ? `${named} (${codeLanguage})` : named,
    ...(extent.counted === null
      ? []
      : [t(`file-${extent.counted.unit}s`, { count: extent.counted.of })]),
    t('file-passages', { count: passages }),
  ].join(', ');
}

function inPart({ counted }: FileExtent, { t }: Locale): string {
  if (counted === null || counted.read >= counted.of) return t('file-in-part');
  return t(`file-in-part-${counted.unit}`, { read: counted.read, of: counted.of });
}

/** Names can be as long as their senders like. */
function shownName(name: string): string {
  const line = name.replaceAll(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= 80
    ? line
    : `${characters.slice(0, 60).join('')}…${characters.slice(-12).join('')}`;
}
