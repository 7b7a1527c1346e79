/** A few tickets written out by hand, each something to look at. Minutes count back from the moment of loading. */
export interface Story {
  title: string
  description: string
  queue: string
  kind: 'incident' | 'request'
  category: [branch: string, leaf: string]
  impact: number
  urgency: number
  openedMinutesAgo: number
  assignee: string | null
  /** Each line: minutes ago, who (`requester` or a name of IT), public or not, words. */
  lines: [minutesAgo: number, who: string, isPublic: boolean, body: string][]
  state?: {
    minutesAgo: number
    to: 'in_progress' | 'waiting_requester' | 'waiting_vendor' | 'waiting_change'
    vendor?: string
    reason?: string
  }
}

export const stories: Story[] = [
  {
    title: 'Measuring benches in Gdańsk lost the laboratory system',
    queue: 'Business applications',
    kind: 'incident',
    category: ['Applications', 'Laboratory system'],
    impact: 1,
    urgency: 1,
    openedMinutesAgo: 380,
    assignee: 'Magda Wilk',
    description:
      '<p>All eight benches show <em>no connection</em> since the night shift. <strong>Nothing can be shipped</strong> without certificates.</p><ul><li>bench 1 to 8, both rooms</li><li>office computers reach the system</li><li>restart of bench 3 did not help</li></ul>',
    lines: [
      [
        372,
        'Magda Wilk',
        true,
        '<p>We are on it. The benches speak through a service of their own; it does not answer.</p>',
      ],
      [
        350,
        'Magda Wilk',
        false,
        '<p>Certificate of the service ran out at midnight. Kalibra has to sign a new one, ours is not accepted.</p>',
      ],
      [330, 'requester', true, '<p>How long will it take? The truck for Bergen leaves at four.</p>'],
      [
        320,
        'Magda Wilk',
        true,
        '<p>Kalibra signs it today. Until then benches 1 and 2 run through the office line: <a href="https://wiki.halvorsen-marine.example/lab/fallback">how it works</a>.</p>',
      ],
      [
        120,
        'Cora Lindqvist',
        false,
        '<p>Called Kalibra, they promise it for the afternoon. I call again at three.</p>',
      ],
    ],
    state: {
      minutesAgo: 318,
      to: 'waiting_vendor',
      vendor: 'Kalibra Software',
      reason: 'new certificate for the bench service',
    },
  },
  {
    title: 'New starters on the first: eleven people',
    queue: 'Procurement desk',
    kind: 'request',
    category: ['Workplace', 'Equipment'],
    impact: 2,
    urgency: 2,
    openedMinutesAgo: 4 * 1440,
    assignee: 'Silje Aune',
    description:
      '<p>For each of them:</p><ol><li>laptop and dock</li><li>account and mailbox</li><li>badge</li><li>phone for the four in Sales</li></ol><p>The list with names and desks is in the folder of HR.</p>',
    lines: [
      [
        4 * 1440 - 90,
        'Silje Aune',
        true,
        '<p>Seven laptops are here, four are ordered. Could you confirm the desks in Bergen?</p>',
      ],
      [
        2 * 1440,
        'requester',
        true,
        '<p>Bergen: desks 3.01 to 3.04.</p><table><tbody><tr><th>Site</th><th>People</th></tr><tr><td>Bremerhaven</td><td>5</td></tr><tr><td>Bergen</td><td>4</td></tr><tr><td>Gdańsk</td><td>2</td></tr></tbody></table>',
      ],
      [1440, 'Silje Aune', false, '<p>Hanse Hardware delivers the other four on Friday.</p>'],
    ],
    state: { minutesAgo: 4 * 1440 - 80, to: 'in_progress' },
  },
  {
    title: 'Main line to Bergen flaps',
    queue: 'Network',
    kind: 'incident',
    category: ['Network', 'Wireless'],
    impact: 1,
    urgency: 2,
    openedMinutesAgo: 200,
    assignee: 'Ines Cordes',
    description: '<p>Calls break off every ten minutes, also in meetings with customers.</p>',
    lines: [
      [
        190,
        'Ines Cordes',
        true,
        '<p>We see it: 2 % loss since six. Traffic goes over the backup line now, calls should hold.</p>',
      ],
      [185, 'Ines Cordes', false, '<p>Nordlys ticket NT-88120. Their ring north of Stord.</p>'],
      [60, 'requester', true, '<p>Better, thank you. Video is still choppy.</p>'],
    ],
    state: { minutesAgo: 184, to: 'in_progress' },
  },
  {
    title: 'Which laptop for the sea trials?',
    queue: 'Workplace',
    kind: 'request',
    category: ['Workplace', 'Laptop'],
    impact: 3,
    urgency: 3,
    openedMinutesAgo: 9 * 1440,
    assignee: 'Lotte Harms',
    description: '<p>It has to survive salt water and run the bench software for eight hours.</p>',
    lines: [
      [9 * 1440 - 200, 'Lotte Harms', true, '<p>Two would do. Shall it be bought, or is a loan for June enough?</p>'],
    ],
    state: { minutesAgo: 9 * 1440 - 199, to: 'waiting_requester', reason: 'buy or borrow' },
  },
  {
    title: 'Replace the firewall in Bremerhaven',
    queue: 'Network',
    kind: 'request',
    category: ['Network', 'VPN'],
    impact: 1,
    urgency: 3,
    openedMinutesAgo: 20 * 1440,
    assignee: 'Stellan Bruun',
    description: '<p>The old one gets no updates after the summer. Needs a night without production.</p>',
    lines: [
      [
        19 * 1440,
        'Stellan Bruun',
        true,
        '<p>Device is here and configured. We need an approved window, then two hours.</p>',
      ],
      [11 * 1440, 'Stellan Bruun', false, '<p>Change is written, waits for the board.</p>'],
    ],
    state: { minutesAgo: 11 * 1440 - 5, to: 'waiting_change', reason: 'window in the night of production' },
  },
]
