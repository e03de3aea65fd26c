import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';

/**
 * Quotes as they are: other people's plain text, in which an asterisk is no markup. Only what was
 * quoted as code, between lines of backticks, is shown as that.
 */
export function renderQuotes(answer: string): FormattedText {
  const out = new FormattedTextBuilder();
  let from = 0;
  for (const block of answer.matchAll(/^(`{3,})([\w+#-]*)\n([^]*?)\n\1$/gmu)) {
    const [whole, , language = '', code = ''] = block;
    out.append(answer.slice(from, block.index));
    const style = language === '' ? {} : { language };
    out.wrap({ type: 'pre', ...style }, () => out.append(code));
    from = block.index + whole.length;
  }
  return out.append(answer.slice(from)).build();
}
