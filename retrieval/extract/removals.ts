import type { Element, ParentNode } from 'domhandler';
import { blockElements, isElement, isText, nameWords, rawText, removeWhere } from './elements.ts';

/** Takes out what a browser does not show as text: scripts, hidden elements, controls. */
export function removeInvisible(root: ParentNode): void {
  removeWhere(
    root,
    (element) =>
      (neverText.has(element.name) && !isQuestionOfList(element)) ||
      isHidden(element) ||
      isBracketedMark(element),
  );
}

/**
 * Takes out what is not the page's own text: navigation, forms, and boxes whose tag, class or id
 * says that they stand beside it. To be called after `removeInvisible`. `likely` is what reads like
 * the page's text: nothing that holds it goes for its name alone.
 */
export function removeClutter(root: ParentNode, likely: readonly Element[]): void {
  const prose = measureProse(root, likely);
  removeWhere(root, (element) => {
    if (keptElements.has(element.name) || !isClutter(element)) return false;
    if (isPartOfSentence(element, prose)) return false;
    // Some sites call the whole page a widget: what holds much of its prose is no clutter.
    const share = (prose.of.get(element) ?? 0) / Math.max(prose.total, 1);
    if (share < 0.3) return !prose.likely.has(element) || clutterElements.has(element.name);
    return isDiscussion(element) && !prose.main.has(element);
  });
}

const neverText = new Set(
  `title script style noscript template svg iframe object embed canvas audio video head link meta
   button select input textarea datalist progress meter dialog map label`.split(/\s+/u),
);

const keptElements = new Set('html body main article pre code table tbody tr td th p'.split(' '));

const clutterElements = new Set('nav footer aside menu figcaption'.split(' '));

const clutterRoles = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar'.split(
    ' ',
  ),
);

/** Words of a class or id that name a box beside the text. */
const clutterNames = new RegExp(
  `(?:^| )(?:${[
    'ads?|adverts?|advertisements?|advertorial|adsense|sponsor(?:ed)?|promo(?:tion|s|ted)?|dfp|taboola|outbrain',
    'nav|navbar|navigation|menu|breadcrumbs?|crumbs?|pager|pagination|paging|toolbar|topbar|masthead',
    'footer|foot|sidebar|side|rail|aside|widgets?',
    'shar(?:e|es|ing|ebar|ers?)|social|sociable|sharedaddy|addthis|addtoany|follow|tweet ?button|facebook|whatsapp',
    'related|recommend(?:ed|ations?)?|recirc(?:ulation)?|trending|popular|most read|read (?:more|next|also)|more (?:stories|news|from|on)|also read|see also|you may|suggest(?:ed|ions)?|latest news|next (?:article|post)|prev(?:ious)? (?:article|post)|teasers?',
    'comments?|disqus|respond|reply|replies|discussion',
    'newsletters?|subscribe|subscription|signup|sign up|login|register|paywall|optin|mailing|mailchimp',
    'cookies?|consent|gdpr|privacy|banner|popup|modal|overlay|lightbox|tooltip|notice',
    'byline|bylines|author|authors|credits?|caption|captions|copyright|timestamp|dateline|datetime|publish(?:ed)? date|post meta|entry meta|article meta|meta info|metadata|posted',
    'tags?|tag list|tagcloud|categories|topics|keywords|labels?|hashtags',
    'print|printonly|no ?print|site ?sub|screen reader text|sr only|visually hidden|visuallyhidden|skip link|hidden',
    'gallery|slideshow|carousel|slider|video player|videoplayer|player|jwplayer|poll|quiz|rating|ratings|vote|votes',
  ].join('|')})(?= |$)`,
  'u',
);

/** A heading that opens its answer when it is pressed. */
function isQuestionOfList(element: Element): boolean {
  const { parent } = element;
  return element.name === 'button' && isElement(parent) && /^h[1-6]$/u.test(parent.name);
}

/** «[1]» of a footnote and «[править]» of a heading: the answer's own markers look like that. */
function isBracketedMark(element: Element): boolean {
  const { parent } = element;
  const isPlace =
    element.name === 'sup' ||
    (isElement(parent) && /^h[1-6]$/u.test(parent.name) && element.name === 'span');
  return isPlace && /^\s*\[[^[\]]{1,60}\]\s*$/u.test(rawText(element, 100));
}

function isHidden(element: Element): boolean {
  const { attribs } = element;
  if ('hidden' in attribs && attribs['hidden'] !== 'until-found') return true;
  if (attribs['aria-hidden'] === 'true' && element.name !== 'math') return true;
  const style = attribs['style'];
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(style);
}

function isClutter(element: Element): boolean {
  if (clutterElements.has(element.name)) return true;
  if (clutterRoles.has(element.attribs['role'] ?? '')) return true;
  const names = nameWords(element);
  return names !== '' && clutterNames.test(names);
}

/** A word in the middle of a paragraph, such as a link to a topic, belongs to the sentence. */
function isPartOfSentence(element: Element, { sentences }: Prose): boolean {
  return (
    !blockElements.has(element.name) && isElement(element.parent) && sentences.has(element.parent)
  );
}

function isDiscussion(element: Element): boolean {
  return /(?:^| )(?:comments?|disqus|replies)(?= |$)/u.test(nameWords(element));
}

interface Prose {
  /** Characters of running text: direct text of an element that is long enough to be a sentence. */
  total: number;
  of: Map<Element, number>;
  /** Paragraphs and list items with text of their own beside the elements in them. */
  sentences: Set<Element>;
  /** Elements that hold the page's main part or its first heading. */
  main: Set<Element>;
  /** Elements that hold what reads like the page's text. */
  likely: Set<Element>;
}

function measureProse(root: ParentNode, likely: readonly Element[]): Prose {
  const of = new Map<Element, number>();
  const main = new Set<Element>();
  const sentences = new Set<Element>();
  const visit = (parent: ParentNode): { own: number; prose: number } => {
    let own = 0;
    let prose = 0;
    for (const child of parent.children) {
      if (isElement(child)) {
        const below = visit(child);
        prose += below.prose;
        if (child.name !== 'a' && !blockElements.has(child.name)) own += below.own;
      } else if (isText(child)) {
        const length = child.data.trim().length;
        own += length;
        if (length > 20 && isElement(parent) && (parent.name === 'p' || parent.name === 'li')) {
          sentences.add(parent);
        }
      }
    }
    if (!isElement(parent)) return { own: 0, prose };
    // An inline element's text counts where its block ends.
    if (blockElements.has(parent.name) && own >= 60) prose += own;
    of.set(parent, prose);
    if ((parent.name === 'h1' && own > 0) || parent.name === 'main') addWithAncestors(parent, main);
    return { own, prose };
  };
  const { prose: total } = visit(root);
  const holders = new Set<Element>();
  for (const element of likely) addWithAncestors(element, holders);
  return { total, of, sentences, main, likely: holders };
}

function addWithAncestors(element: Element, set: Set<Element>): void {
  for (let at: ParentNode | null = element; at !== null; at = at.parent) {
    if (isElement(at)) set.add(at);
  }
}
