type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null;

/**
 * An element with attributes and children. Text goes in as text: nothing of what people or pages
 * write is ever read as markup. `true` sets an attribute without a value, null and false none.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  setAttributes(created, attributes);
  created.append(...children.filter((child) => child !== null));
  return created;
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A button that shows an icon alone, with its name for those who do not see it. */
export function iconButton(
  name: IconName,
  label: string,
  attributes: Attributes = {},
): HTMLButtonElement {
  const button = element('button', { type: 'button', ...attributes }, icon(name));
  labelButton(button, label);
  button.classList.add('icon-button');
  return button;
}

export function labelButton(button: HTMLElement, label: string): void {
  setAttributes(button, { 'aria-label': label, title: label });
}

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAttributes(svg, { viewBox: '0 0 24 24', class: `icon icon-${name}`, 'aria-hidden': 'true' });
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  drop: 'M12 3.5c3 4.2 5 6.6 5 9.8a5 5 0 0 1-10 0c0-3.2 2-5.6 5-9.8zM9.5 13.5a2.5 2.5 0 0 0 2.5 2.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  back: 'M20 12H5M11 6l-6 6 6 6',
  send: 'M4 20l17-8L4 4v6.5l11 1.5-11 1.5z',
  sent: 'M2.5 13l4.5 4.5L16 8M11 16.5l1 1L21.5 8',
  reply: 'M10 6l-6 6 6 6M4.5 12H13c4 0 7 2.5 7 6',
  forward: 'M14 6l6 6-6 6M19.5 12H11c-4 0-7 2.5-7 6',
  edit: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z',
  delete: 'M5 7h14M9.5 7V4.5h5V7M7 7l1 12.5h8L17 7M10.5 10.5v6M13.5 10.5v6',
  copy: 'M9 9h10v11H9zM5.5 15.5V4.5h9.5',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  close: 'M6 6l12 12M18 6L6 18',
  commands: 'M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zM13.5 8l-3 8',
  questions:
    'M9.5 17.5h5M10.5 20.5h3M12 3.5a6 6 0 0 0-3.5 10.9c.7.6 1 1.3 1 2.1v1h5v-1c0-.8.3-1.5 1-2.1A6 6 0 0 0 12 3.5z',
  down: 'M6 9.5l6 6 6-6',
  night: 'M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z',
  language:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z',
  about: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.01',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5',
  stop: 'M7.5 7.5h9v9h-9z',
  attach:
    'M18.5 11.5l-6.8 6.8a4.2 4.2 0 0 1-6-6l7.3-7.3a2.8 2.8 0 0 1 4 4l-7 7a1.4 1.4 0 0 1-2-2l6-6',
  file: 'M7 3.5h7l4 4v13H7zM13.5 3.5V8H18',
  code: 'M8.5 8l-4.5 4 4.5 4M15.5 8l4.5 4-4.5 4M13.5 5.5l-3 13',
  outside: 'M8 16l8-8M9.5 8H16v6.5',
  group:
    'M9 5.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5M15.5 5.8a3 3 0 0 1 0 5.5M17 13.9c2.5.6 4 2.4 4 5.1',
  editor: 'M5 19l1-4.5L16.5 4l3.5 3.5L9.5 18 5 19zM14 6.5l3.5 3.5',
  channel: 'M4 10v4h3l8 4.5v-13L7 10zM18 9.5c1.3 1.4 1.3 3.6 0 5M8 14.5l1 5h2.5l-1-3.8',
  inline:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM16 12v1.5a2.3 2.3 0 0 0 4.5 0V12A8.5 8.5 0 1 0 17 18.9',
} as const;
