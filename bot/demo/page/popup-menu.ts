import { element, icon } from './dom.ts';
import type { IconName } from './dom.ts';

export interface MenuItem {
  icon: IconName;
  title: string;
  /** For what is on or off. */
  isOn?: boolean;
  isDangerous?: boolean;
  choose: () => void;
}

/**
 * Opens a menu at a place on the screen. Arrows move, Enter chooses, Escape or a tap elsewhere closes;
 * focus goes back to where it was.
 */
export function openPopupMenu(
  items: readonly MenuItem[],
  { x, y }: { x: number; y: number },
  label: string,
): void {
  const cameFrom = document.activeElement;
  const menu = element('div', { class: 'popup-menu', role: 'menu', 'aria-label': label });
  const cover = element('div', { class: 'popup-cover' }, menu);
  const close = (): void => {
    cover.remove();
    if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
  };
  const buttons = items.map((item) => {
    const button = element(
      'button',
      {
        type: 'button',
        role: item.isOn === undefined ? 'menuitem' : 'menuitemcheckbox',
        'aria-checked': item.isOn === undefined ? null : String(item.isOn),
        class: item.isDangerous === true ? 'dangerous' : null,
      },
      icon(item.icon),
      element('span', {}, item.title),
      item.isOn === undefined ? null : element('span', { class: 'switch' }),
    );
    button.addEventListener('click', () => {
      close();
      item.choose();
    });
    return button;
  });
  menu.append(...buttons);
  cover.addEventListener('pointerdown', ({ target }) => {
    if (target === cover) close();
  });
  cover.addEventListener('contextmenu', (event) => event.preventDefault());
  cover.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button === document.activeElement);
    const moves: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      Tab: event.shiftKey ? -1 : 1,
    };
    const move = moves[event.key];
    if (move !== undefined) buttons[(at + move + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(cover);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
  buttons[0]?.focus();
}
