/** Icons, as lines of one weight. They say nothing that is not in words beside them. */

const paths = {
  accounts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-5.5 8-5.5s7 1.500 8 5.500',
  actions: 'M5 4.500h14v15H5zM9 9h6M9 12.500h6M9 16h3',
  calls: 'M4 8h13l-3.500-3.500M20 16H7l3.500 3.500',
  audio:
    'M9 17.500V6l10-2v11.500M9 17.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM19 15.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  events: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4',
  faults: 'M13 3 5 14h6l-1 7 8-11h-6z',
  jobs: 'M12 21a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 7.500v5l3.500 2',
  media: 'M4 5.500h16v13H4zM10 9v6l5-3z',
  oss: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  fork: 'M7 4v16M7 12c0-3 10-2 10-6M17 6V4M17 4l-2.500 2.500M17 4l2.500 2.500',
  moon: 'M19 14.500A7.500 7.500 0 1 1 10 5a6 6 0 0 0 9 9.500z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  folder: 'M4 6h6l2 2.500h8V19H4z',
  file: 'M6 3.500h8l4 4V20.500H6zM14 3.500v4h4',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  warning: 'M12 4 2.500 20h19zM12 10v4.500M12 17v.500',
  forward: 'M5 6l7 6-7 6zM13 6l7 6-7 6z',
} as const

/** Name of an icon. */
export type IconName = keyof typeof paths

/** An icon, of the size of the text that it stands beside. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)
