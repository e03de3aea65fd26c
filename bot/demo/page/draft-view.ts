import { element, icon } from './dom.ts';
import type { TextActions } from './entities.ts';
import { renderText } from './entities.ts';
import type { PageDraft } from './protocol.ts';
import type { Translate } from './translate.ts';

export interface DraftView {
  readonly node: HTMLElement;
  show(draft: PageDraft): void;
  end(): void;
}

export interface DraftViewOptions {
  actions: TextActions;
  t: Translate;
  onStop: () => void;
  /** Told after each change of size. */
  onGrow: () => void;
  /** Characters that appear a second, at least; what is behind by more catches up faster. */
  charactersPerSecond?: number;
}

/**
 * An answer while it is written. A draft comes in frames, about one a second: what a frame adds
 * appears letter by letter, as in the apps, unless the visitor wants no motion.
 */
export function createDraftView({
  actions,
  t,
  onStop,
  onGrow,
  charactersPerSecond = 90,
}: DraftViewOptions): DraftView {
  const text = element('div', { class: 'text', dir: 'auto' });
  const stop = element(
    'button',
    { type: 'button', class: 'stop' },
    icon('stop'),
    element('span', {}, t('page-stop')),
  );
  stop.addEventListener('click', () => {
    stop.disabled = true;
    onStop();
  });
  const keyboard = element(
    'div',
    { class: 'keyboard' },
    element('div', { class: 'keyboard-row' }, stop),
  );
  const node = element(
    'div',
    { class: 'message theirs draft', role: 'listitem', 'aria-label': t('page-draft') },
    element('div', { class: 'bubble tailed' }, text),
    keyboard,
  );
  const wantsNoMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  let draft: PageDraft = { draftId: 0, text: '', entities: [], canStop: false };
  let shown = 0;
  let lastFrame = 0;
  let animation = 0;

  const draw = (): void => {
    const entities = draft.entities
      .filter(({ offset }) => offset < shown)
      .map((entity) => ({ ...entity, length: Math.min(entity.length, shown - entity.offset) }));
    const caret = element('span', { class: 'caret', 'aria-hidden': 'true' });
    text.replaceChildren(renderText(draft.text.slice(0, shown), entities, actions), caret);
    onGrow();
  };
  const step = (time: number): void => {
    const behind = draft.text.length - shown;
    const perSecond = Math.max(charactersPerSecond, behind * 1.5);
    const more = Math.floor(((time - lastFrame) / 1000) * perSecond);
    if (more > 0) {
      shown = Math.min(draft.text.length, shown + more);
      lastFrame = time;
      draw();
    }
    animation = shown < draft.text.length ? requestAnimationFrame(step) : 0;
  };

  return {
    node,
    show(next) {
      const common = commonStart(draft.text.slice(0, shown), next.text);
      // The cursor at the end of a frame is not part of what goes on.
      const goesOn = common >= shown - 2 && common > 0 && shown > 0;
      draft = next;
      keyboard.hidden = !next.canStop;
      shown = goesOn && !wantsNoMotion ? common : next.text.length;
      draw();
      if (shown < next.text.length && animation === 0) {
        lastFrame = performance.now();
        animation = requestAnimationFrame(step);
      }
    },
    end() {
      cancelAnimationFrame(animation);
      node.remove();
    },
  };
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charAt(length) === other.charAt(length)) length += 1;
  return length;
}
