const editions: readonly (readonly [RegExp, string])[] = [
  [/-iot-lts$/, ' IoT Enterprise LTSC'],
  [/-e-lts$/, ' Enterprise LTSC'],
  [/-e$/, ' (Enterprise, Education)'],
  [/-w$/, ' (Home, Pro)'],
]

/** What people call a release: `Windows 11 23H2 (Home, Pro)`. */
export function cycleLabel(product: string, title: string, cycle: string): string {
  if (product === 'windows') {
    const edition = editions.find(([end]) => end.test(cycle))
    const release = cycle
      .replace(edition?.[0] ?? '', '')
      .replace(/^5-sp3$/, 'XP SP3')
      .replace(/^7-sp1$/, '7 SP1')
    return `Windows ${release.replace('-', ' ').toUpperCase()}${edition?.[1] ?? ''}`
  }
  if (product === 'windows-server') return `Windows Server ${cycle.replaceAll('-', ' ').toUpperCase()}`
  return `${title} ${cycle}`
}

/** The published dates of a release. Dates are the last day. */
export interface Dates {
  eol_on: string | null
  is_over: boolean | null
}

/** Whether support is over on a day; what nobody published is not. */
export const isOver = ({ eol_on, is_over }: Dates, today: string): boolean =>
  eol_on === null ? is_over === true : eol_on < today
