import { element } from './dom.ts';

/** A line that goes away by itself. */
export function showToast(text: string, { lastsMs = 3500 }: { lastsMs?: number } = {}): void {
  for (const earlier of document.querySelectorAll('.toast')) earlier.remove();
  const toast = element('div', { class: 'toast', role: 'status' }, text);
  document.body.append(toast);
  setTimeout(() => toast.remove(), lastsMs);
}

/** A text that stays until it is closed. Escape closes it, too. */
export function showAlert(text: string, ok: string): void {
  const button = element('button', { type: 'submit', autofocus: true }, ok);
  const form = element(
    'form',
    { method: 'dialog' },
    element('p', { id: 'alert-text' }, text),
    button,
  );
  const dialog = element('dialog', { class: 'alert', 'aria-labelledby': 'alert-text' }, form);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Reads lines out to those who do not see the page. */
export function createAnnouncer(): { node: HTMLElement; say(text: string): void } {
  const node = element('div', { class: 'unseen', role: 'log', 'aria-live': 'polite' });
  return {
    node,
    say(text) {
      node.append(element('p', {}, text));
      while (node.childElementCount > 5) node.firstElementChild?.remove();
    },
  };
}
