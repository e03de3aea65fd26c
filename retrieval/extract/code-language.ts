import type { Element } from 'domhandler';
import { childElements, isElement } from './elements.ts';

/**
 * The language that markup gives a block of code, lower-case: on the block, on the element in it, or
 * on the boxes that highlighters put around it. Null where none says.
 */
export function codeLanguageOf(block: Element): string | null {
  const inner = childElements(block).find(({ name }) => name === 'code');
  const around: Element[] = [];
  for (let at = block.parent; isElement(at) && around.length < 3; at = at.parent) around.push(at);
  for (const element of [block, ...(inner === undefined ? [] : [inner]), ...around]) {
    const isBox = around.includes(element);
    const language = stated(element, isBox);
    if (language !== null) return noLanguage.has(language) ? null : language;
  }
  return null;
}

function stated({ attribs }: Element, isBox: boolean): string | null {
  const attribute = isBox ? undefined : (attribs['data-lang'] ?? attribs['data-language']);
  const named = /^[\w+#-]{1,30}$/u.exec(attribute ?? '')?.[0];
  if (named !== undefined) return named.toLowerCase();
  const classes = (attribs['class'] ?? '').slice(0, 500).toLowerCase();
  const marked =
    /(?:^|\s)(?:language|lang|highlight-source|highlight-text|highlight|sourcecode|brush:)[- ]\s*([\w+#]{1,20})(?=$|[\s;])/u.exec(
      classes,
    )?.[1];
  if (marked !== undefined) return marked;
  // A bare name is a language only on the element that holds code alone.
  const bare = isBox ? [] : classes.split(/\s+/u).filter((name) => bareNames.has(name));
  return bare[0] ?? null;
}

const noLanguage = new Set(
  'none text plain plaintext nohighlight default notranslate txt'.split(' '),
);

const bareNames = new Set(
  `bash c clojure cpp cs csharp css dart diff dockerfile elixir erlang fortran go graphql groovy
   haskell html ini java javascript js json julia kotlin latex lua makefile markdown matlab nginx
   objectivec ocaml perl php powershell python r ruby rust scala sh shell sql swift toml ts
   typescript xml yaml`.split(/\s+/u),
);
