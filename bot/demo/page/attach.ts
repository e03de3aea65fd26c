import { element, iconButton, labelButton } from './dom.ts';
import { openPopupMenu } from './popup-menu.ts';
import type { SampleFile } from './protocol.ts';
import type { Translate } from './translate.ts';

/** The button by which a file is sent: one of the visitor's own, or one that the demo brings along. */
export interface AttachButton {
  /** The button, and the field that opens the visitor's files. */
  readonly nodes: readonly HTMLElement[];
  /** In the language of the page. */
  name(): void;
}

export function createAttachButton({
  t,
  onFiles,
  onSample,
}: {
  t: Translate;
  onFiles: (files: readonly File[]) => void;
  onSample: (sample: SampleFile) => void;
}): AttachButton {
  const picker = element('input', { type: 'file', multiple: true, hidden: true });
  const button = iconButton('attach', '', { 'aria-haspopup': 'menu', class: 'attach' });
  picker.addEventListener('change', () => {
    onFiles(Array.from(picker.files ?? []));
    // The same file may be chosen again.
    picker.value = '';
  });
  button.addEventListener('click', () => {
    const { left, top } = button.getBoundingClientRect();
    openPopupMenu(
      [
        { icon: 'file', title: t('page-attach-own'), choose: () => picker.click() },
        { icon: 'questions', title: t('page-attach-document'), choose: () => onSample('document') },
        { icon: 'code', title: t('page-attach-code'), choose: () => onSample('code') },
      ],
      { x: left, y: top - MENU_HEIGHT },
      t('page-attach'),
    );
  });
  return { nodes: [button, picker], name: () => labelButton(button, t('page-attach')) };
}

/** Of three lines, so that the menu stands above the button. */
const MENU_HEIGHT = 150;
