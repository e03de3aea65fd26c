import { describe, expect, it } from 'vitest';

import { createTokenizer } from '../../../../retrieval/embed/tokenizer/tokenizer.ts';

/** The tokens found in a text, by a tokenizer whose ids are the places in the list. */
function tokensOf(
  tokens: readonly string[],
  { model, ...rest }: { model: object; [part: string]: unknown },
): (text: string) => (string | undefined)[] {
  const tokenizer = createTokenizer({ ...rest, model });
  return (text) => tokenizer.encode(text).map((id) => tokens[id]);
}

const idsOf = (tokens: readonly string[]) =>
  Object.fromEntries(tokens.map((token, at) => [token, at]));

describe('WordPiece, as BERT has it', () => {
  const tokens = [
    '[UNK]',
    'волга',
    'дли',
    '##на',
    'еж',
    'и',
    '##и',
    'cafe',
    'un',
    '##aff',
    '##able',
    '.',
    ',',
    '-',
    '中',
    '国',
    '№',
    '[MASK]',
    '42',
  ];
  const model = { type: 'WordPiece', unk_token: '[UNK]', vocab: idsOf(tokens) };
  const uncased = tokensOf(tokens, {
    model,
    normalizer: { type: 'BertNormalizer', lowercase: true, strip_accents: null },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    added_tokens: [{ id: 17, content: '[MASK]', normalized: false, special: true }],
  });

  it.each([
    ['unaffable', ['un', '##aff', '##able']],
    ['Волга, ДЛИНА.', ['волга', ',', 'дли', '##на', '.']],
    // A breve and a diaeresis are accents too.
    ['ёж й', ['еж', 'и']],
    ['Café', ['cafe']],
    ['Cafe\u0301', ['cafe']],
    ['во\u0301лга', ['волга']],
    ['中国', ['中', '国']],
    ['волга\u00A0\t\n-\u200B42\0', ['волга', '-', '42']],
    ['неизвестно', ['[UNK]']],
    // One part that is not known makes the word so.
    ['unaffx', ['[UNK]']],
    ['№ 😀', ['№', '[UNK]']],
    ['un[MASK]волга', ['un', '[MASK]', 'волга']],
    ['[mask]', ['[UNK]', '[UNK]', '[UNK]']],
    ['w'.repeat(101), ['[UNK]']],
    ['', []],
  ])('finds in %j', (text, found) => {
    expect(uncased(text)).toEqual(found);
  });

  it('keeps case and accents when it is told to', () => {
    const cased = tokensOf(['[UNK]', 'Волга', 'ёж'], {
      model: { type: 'WordPiece', unk_token: '[UNK]', vocab: idsOf(['[UNK]', 'Волга', 'ёж']) },
      normalizer: { type: 'BertNormalizer', lowercase: false, strip_accents: false },
      pre_tokenizer: { type: 'BertPreTokenizer' },
    });
    expect(cased('Волга волга ёж')).toEqual(['Волга', '[UNK]', 'ёж']);
  });
});

describe('Unigram, as SentencePiece has it', () => {
  const vocab: [string, number][] = [
    ['<unk>', 0],
    ['▁', -2],
    ['▁Вол', -4],
    ['га', -3],
    ['▁Волга', -6.5],
    ['▁a', -3],
    ['b', -3],
    ['c', -3],
    ['bc', -5.5],
    ['1', -4],
  ];
  const tokens = vocab.map(([token]) => token);
  const find = tokensOf(tokens, {
    model: { type: 'Unigram', unk_id: 0, vocab },
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Precompiled', precompiled_charsmap: '' },
        { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
      ],
    },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
  });

  it.each([
    // The likelier of two ways: -6.5 against -7, -5.5 against -6.
    ['Волга', ['▁Волга']],
    ['abc', ['▁a', 'bc']],
    ['Волга  a', ['▁Волга', '▁a']],
    // Letters that are not known stand together as one.
    ['xyz', ['▁', '<unk>']],
    ['axyzb', ['▁a', '<unk>', 'b']],
    ['a😀', ['▁a', '<unk>']],
    // A full-width letter and a superscript are folded.
    ['\uFF41\u00B9', ['▁a', '1']],
    ['', []],
  ])('finds in %j', (text, found) => {
    expect(find(text)).toEqual(found);
  });

  it('takes bytes for what is not known when it has them', () => {
    const withBytes: [string, number][] = [
      ['<unk>', 0],
      ['▁', -1],
      ['<0xD0>', -9],
      ['<0x96>', -9],
    ];
    const found = tokensOf(
      withBytes.map(([token]) => token),
      {
        model: { type: 'Unigram', unk_id: 0, vocab: withBytes, byte_fallback: true },
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first' },
      },
    )('Ж');
    expect(found).toEqual(['▁', '<0xD0>', '<0x96>']);
  });
});

describe('BPE', () => {
  it('merges letters in the order in which pairs were learned', () => {
    const tokens = ['<unk>', 'l', 'o', 'w', 'e', 'r', 'lo', 'low', 'er', 'we'];
    const find = tokensOf(tokens, {
      model: {
        type: 'BPE',
        unk_token: '<unk>',
        vocab: idsOf(tokens),
        merges: ['l o', 'lo w', ['e', 'r'], 'w e'],
      },
      pre_tokenizer: { type: 'Whitespace' },
    });
    expect(find('lower we low,')).toEqual(['low', 'er', 'we', 'low', '<unk>']);
  });

  it('reads bytes as GPT-2 does', () => {
    // Ж is D0 96; a blank is Ġ.
    const tokens = ['Ð', 'ĸ', 'Ġ', 'Ġa', 'a', 'Ðĸ'];
    const find = tokensOf(tokens, {
      model: { type: 'BPE', vocab: idsOf(tokens), merges: ['Ð ĸ', 'Ġ a'] },
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
    });
    expect(find('Ж a')).toEqual(['Ðĸ', 'Ġa']);
  });
});

describe('added tokens', () => {
  const tokens = ['[UNK]', 'a', 'b', '<tag>', 'Волга'];
  const find = (added: object) =>
    tokensOf(tokens, {
      model: { type: 'WordLevel', unk_token: '[UNK]', vocab: idsOf(tokens.slice(0, 3)) },
      normalizer: { type: 'Lowercase' },
      pre_tokenizer: { type: 'WhitespaceSplit' },
      added_tokens: [added],
    });

  it('are found before the text is normalized, or after', () => {
    const raw = find({ id: 4, content: 'Волга', normalized: false });
    expect(raw('a Волга b волга')).toEqual(['a', 'Волга', 'b', '[UNK]']);
    const folded = find({ id: 4, content: 'Волга', normalized: true });
    expect(folded('a Волга b ВОЛГА')).toEqual(['a', 'Волга', 'b', 'Волга']);
  });

  it('may stand for whole words alone', () => {
    const words = find({ id: 4, content: 'Волга', normalized: false, single_word: true });
    expect(words('Волга Волгарь')).toEqual(['Волга', '[UNK]']);
  });

  it('may take the blanks beside them', () => {
    const taking = find({ id: 3, content: '<tag>', normalized: false, lstrip: true, rstrip: true });
    expect(taking('a  <tag> b')).toEqual(['a', '<tag>', 'b']);
  });
});

describe('a split by a pattern', () => {
  it.each([
    ['Removed', ['a', 'b']],
    ['Isolated', ['a', '-', '-', 'b']],
    ['MergedWithPrevious', ['a-', '-', 'b']],
    ['MergedWithNext', ['a', '-', '-b']],
    ['Contiguous', ['a', '--', 'b']],
  ])('leaves what it splits at: %s', (behavior, found) => {
    expect(splitAtHyphens(behavior)('a--b')).toEqual(found);
  });
});

describe('a tokenizer that is not understood', () => {
  it.each([
    [{ model: { type: 'Other' } }, 'tokenizer.json holds the model "Other", which is not known'],
    [
      { model: { type: 'WordLevel', vocab: { a: 0 } }, normalizer: { type: 'Magic' } },
      'tokenizer.json holds the normalizer "Magic", which is not known',
    ],
    [
      { model: { type: 'WordLevel', vocab: { a: 0 } }, pre_tokenizer: { type: 'Magic' } },
      'tokenizer.json holds the pre-tokenizer "Magic", which is not known',
    ],
    [
      {
        model: { type: 'WordLevel', vocab: { a: 0 } },
        pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated' },
      },
      'tokenizer.json holds the pattern "(", which is not known',
    ],
    [
      { model: { type: 'Unigram', vocab: [['a']] } },
      'tokenizer.json cannot be used: a token of its vocabulary has no score',
    ],
    [{ model: { type: 'WordPiece', vocab: {} } }, 'it has no vocabulary'],
    [{ model: { type: 'WordPiece', vocab: { a: -1 } } }, 'a token of its vocabulary has no number'],
    [
      { model: { type: 'BPE', vocab: { a: 0 }, merges: ['abc'] } },
      'one of its merges is not of two tokens',
    ],
  ])('%#', (json, sentence) => {
    expect(() => createTokenizer(json)).toThrow(sentence);
  });
});

function splitAtHyphens(behavior: string) {
  const words = ['[UNK]', 'a', '-', 'b', 'a-', '-b', '--', 'a--'];
  return tokensOf(words, {
    model: { type: 'WordLevel', unk_token: '[UNK]', vocab: idsOf(words) },
    pre_tokenizer: { type: 'Split', pattern: { String: '-' }, behavior },
  });
}
