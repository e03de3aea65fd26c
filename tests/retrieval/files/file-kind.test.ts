import { describe, expect, test } from 'vitest';

import { FileError } from '../../../retrieval/errors.ts';
import { sniffFile } from '../../../retrieval/files/file-kind.ts';

const bytes = (content: string): Uint8Array => Buffer.from(content, 'latin1');

describe('a file is told by its bytes', () => {
  test.each([
    ['report.pdf', '%PDF-1.7\n', 'pdf', null, false],
    ['report.txt', '%PDF-1.7\n', 'pdf', null, true],
    ['report', '%PDF-1.7\n', 'pdf', null, false],
    ['page.html', '<p>Words</p>', 'html', null, false],
    ['page.txt', '<!DOCTYPE html><html><body>Words</body></html>', 'html', null, true],
    ['page.html', 'Words alone', 'text', null, true],
    ['notes.md', '# Notes', 'markdown', null, false],
    ['data.json', '{"a": 1}', 'json', 'json', false],
    ['data', '[{"a": 1}]', 'json', 'json', false],
    ['data.csv', 'a,b\n1,2\n', 'table', null, false],
    ['main.py', 'print(1)', 'code', 'python', false],
    ['Dockerfile', 'FROM scratch', 'code', 'dockerfile', false],
    ['notes.txt', 'int a;\nint b;\nint c;\nint d;\n', 'text', null, false],
    ['snippet', 'const a = 1;\nconst b = 2;\nconst c = 3;\nreturn a;\n', 'code', null, false],
    ['letter.docx', 'Dear reader', 'text', null, true],
  ])('%s that begins with %j is %s', (name, content, kind, codeLanguage, isMisnamed) => {
    expect(sniffFile(bytes(content), name)).toMatchObject({ kind, codeLanguage, isMisnamed });
  });

  test('also with a mark of byte order, or in two bytes a letter', () => {
    expect(sniffFile(bytes('\xEF\xBB\xBF<html><p>a</p></html>'), 'a.html').kind).toBe('html');
    expect(sniffFile(Buffer.from('\uFEFFслова', 'utf16le'), 'a.txt').kind).toBe('text');
    expect(sniffFile(Buffer.from('Договор № 5 от 12 марта.\n', 'utf16le'), 'a.txt').kind).toBe(
      'text',
    );
    expect(sniffFile(Buffer.from('Signed on March 12.\n', 'utf16le'), 'a.txt').kind).toBe('text');
  });
});

describe('what has no text', () => {
  test.each([
    ['a.txt', '\x89PNG\r\n\x1A\n', 'picture'],
    ['a.bmp', 'BM\x36\x00\x00\x00\x00\x00\x00\x00', 'picture'],
    ['a.mp3', 'ID3\x04\x00', 'sound'],
    ['a.mp4', '\0\0\0\x20ftypisom', 'sound'],
    ['a.zip', 'PK\x03\x04', 'archive'],
    ['a.gz', '\x1F\x8B\x08\x00', 'archive'],
    ['a.docx', 'PK\x03\x04', 'office'],
    ['a.doc', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'office'],
    ['a.rtf', '{\\rtf1 words}', 'office'],
    ['a.pdf', '\x7FELF\x02\x01\x01\0\0\0\0\0\x03\0', 'binary'],
  ])('is told apart: %s', (name, content, found) => {
    expect(faultOf(() => sniffFile(bytes(content), name))).toEqual(['unsupported', found]);
  });

  test.each(['', ' \n\t\r\n', '\xEF\xBB\xBF', '\0\0\0\0'])('is empty: %j', (content) => {
    expect(faultOf(() => sniffFile(bytes(content), 'a.txt'))).toEqual(['empty', null]);
  });
});

function faultOf(work: () => unknown): [string, string | null] {
  try {
    work();
  } catch (error) {
    if (error instanceof FileError) return [error.fault, error.found];
    throw error;
  }
  throw new Error('nothing was thrown');
}
