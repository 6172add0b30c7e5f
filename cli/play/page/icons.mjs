// Drawn here, so that they look alike on every system.

const PATHS = {
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01',
  mixed: 'M4 4h10v8H4zM4 9l3-2 3 3M17 5h3M17 9h3M4 16h16M4 20h10',
  voice: 'M12 4v9a3 3 0 0 1-3-3V7a3 3 0 0 1 6 0v3a3 3 0 0 1-3 3M6 10a6 6 0 0 0 12 0M12 16v4',
  video: 'M4 7h11v10H4zM15 11l5-3v8l-5-3',
  location: 'M12 21s6-6.500 6-11a6 6 0 0 0-12 0c0 4.500 6 11 6 11zM12 10h.01',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  miniprogrampage:
    'M9 14a3 3 0 1 1 3-3v-1a3 3 0 1 1 3 3M12 12v2a3 3 0 1 1-3-3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  event: 'M13 3 5 14h6l-1 7 8-11h-6z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  music:
    'M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM19 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  account: 'M4 5h16v11h-9l-4 3v-3H4zM8 10.500h.01M12 10.500h.01M16 10.500h.01',
  add: 'M12 5v14M5 12h14',
  play: 'M9 6v12l9-6z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
};

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.file);
  svg.append(path);
  return svg;
}
