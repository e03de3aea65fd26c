import { element, icon, setAttributes } from './dom.ts';
import type { IconName } from './dom.ts';

export interface Choice {
  icon: IconName;
  title: string;
  description: string;
  choose: () => void;
}

/** What is offered above the field while one types: commands, the bot's name, inline results. */
export interface ChoicePanel {
  readonly node: HTMLElement;
  readonly isOpen: boolean;
  /** `note` stands above the choices, or alone. */
  show(choices: readonly Choice[], options?: { note?: string; isBusy?: boolean }): void;
  close(): void;
  move(by: number): void;
  /** Chooses the one that the arrows have reached; whether there was one. */
  chooseActive(): boolean;
}

/** The field keeps the focus, and says which choice is the active one. */
export function createChoicePanel(field: HTMLElement): ChoicePanel {
  const list = element('div', { class: 'choices', role: 'listbox', id: 'choices' });
  const note = element('div', { class: 'choices-note' });
  const node = element('div', { class: 'choice-panel', hidden: true }, note, list);
  // A press would take the focus from the field.
  node.addEventListener('mousedown', (event) => event.preventDefault());
  let choices: readonly Choice[] = [];
  let active = -1;

  function activate(index: number): void {
    active = index;
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(at === active));
      if (at === active) option.scrollIntoView({ block: 'nearest' });
    }
    setAttributes(field, { 'aria-activedescendant': active === -1 ? null : `choice-${active}` });
  }

  function close(): void {
    node.hidden = true;
    choices = [];
    list.replaceChildren();
    setAttributes(field, { 'aria-expanded': 'false' });
    activate(-1);
  }

  close();
  return {
    node,
    get isOpen() {
      return !node.hidden;
    },
    show(offered, { note: noteText = '', isBusy = false } = {}) {
      choices = offered;
      note.textContent = noteText;
      note.hidden = noteText === '';
      setAttributes(node, { 'aria-busy': isBusy ? 'true' : null });
      setAttributes(list, { 'aria-label': noteText === '' ? null : noteText });
      list.replaceChildren(...offered.map(renderChoice));
      list.hidden = offered.length === 0;
      node.hidden = offered.length === 0 && noteText === '';
      setAttributes(field, { 'aria-expanded': String(offered.length > 0) });
      activate(-1);
    },
    close,
    move(by) {
      if (choices.length === 0) return;
      const from = active === -1 && by < 0 ? 0 : active;
      activate((from + by + choices.length) % choices.length);
    },
    chooseActive() {
      const choice = choices[active];
      choice?.choose();
      return choice !== undefined;
    },
  };

  function renderChoice(choice: Choice, index: number): HTMLElement {
    const option = element(
      'div',
      { class: 'choice', role: 'option', id: `choice-${index}`, 'aria-selected': 'false' },
      element('span', { class: 'choice-icon', 'aria-hidden': 'true' }, icon(choice.icon)),
      element(
        'span',
        { class: 'choice-lines' },
        element('span', { class: 'choice-title' }, choice.title),
        element('span', { class: 'choice-description' }, choice.description),
      ),
    );
    option.addEventListener('click', choice.choose);
    return option;
  }
}
