/** A release of a product, by the names under which end-of-support dates are published (endoflife.date). */
export interface Cycle {
  product: string
  cycle: string
}

/** An operating system as an agent names it. */
export interface SeenSystem {
  name: string | null
  fullName: string | null
  version: string | null
  kernel: string | null
}

/** A program as an agent or the registry names it. */
export interface SeenProgram {
  name: string
  publisher: string
  version: string
  source: string
}

const releases: Record<string, string> = {
  '10240': '10-1507',
  '10586': '10-1511',
  '14393': '10-1607',
  '15063': '10-1703',
  '16299': '10-1709',
  '17134': '10-1803',
  '17763': '10-1809',
  '18362': '10-1903',
  '18363': '10-1909',
  '19041': '10-2004',
  '19042': '10-20h2',
  '19043': '10-21h1',
  '19044': '10-21h2',
  '19045': '10-22h2',
  '22000': '11-21h2',
  '22621': '11-22h2',
  '22631': '11-23h2',
  '26100': '11-24h2',
  '26200': '11-25h2',
}
/** Releases whose end is the same for every edition. */
const forAllEditions = new Set(['10-1511', '10-1903', '10-2004', '10-21h1', '10-22h2'])
const withLongTerm = new Set(['10-1507', '10-1607', '10-1809', '10-21h2', '11-24h2'])
const servers: readonly (readonly [RegExp, string, string])[] = [
  [/\b2008 R2\b/, '6.1.7601', '2008-r2-sp1'],
  [/\b2008\b/, '6.0.6003', '2008-sp2'],
  [/\b2012 R2\b/, '6.3.9600', '2012-r2'],
  [/\b2012\b/, '6.2.9200', '2012'],
  [/\b2016\b/, '10.0.14393', '2016'],
  [/\b2019\b/, '10.0.17763', '2019'],
  [/\b2022\b/, '10.0.20348', '2022'],
  [/\b2025\b/, '10.0.26100', '2025'],
]

/** What follows the name and number of a Windows: `w` for Home and Pro, `e` for Enterprise and Education, `long` and `iot` for those that stay. */
function editionOf(text: string): 'w' | 'e' | 'long' | 'iot' | null {
  const isLong = /\bLTS[BC]\b/i.test(text)
  if (/\bIoT\b/i.test(text)) return isLong ? 'iot' : null
  if (isLong) return 'long'
  if (/\bEnterprise\b|\bEntreprise\b/i.test(text)) return 'e'
  if (/\b(?:Pro|Professional|Professionnel|Home|Famille|Core)\b/i.test(text)) return 'w'
  return /\b(?:Education|Éducation)\b/i.test(text) ? 'e' : null
}

function windows(text: string, version: string): Cycle | null {
  if (/\bServer\b/i.test(text)) {
    const found = servers.find(([name]) => name.test(text))
    return found !== undefined && version.startsWith(found[1]) ? { product: 'windows-server', cycle: found[2] } : null
  }
  const product = 'windows'
  if (/\bWindows 8\.1\b/.test(text) && version.startsWith('6.3.9600')) return { product, cycle: '8.1' }
  if (/\bWindows 7\b/.test(text) && version.startsWith('6.1.7601') && !/embedded/i.test(text))
    return { product, cycle: '7-sp1' }
  if (/\bWindows XP\b/.test(text) && version.startsWith('5.1.2600') && /Service Pack 3/.test(text))
    return { product, cycle: '5-sp3' }
  const said = /\bWindows (10|11)\b/.exec(text)?.[1]
  const release = releases[/^10\.0\.(\d{5})\b/.exec(version)?.[1] ?? '']
  // builds of 11 call themselves 10 in places: what contradicts itself is not known
  if (said === undefined || release === undefined || !release.startsWith(`${said}-`)) return null
  const edition = editionOf(text)
  if (edition === 'long') return withLongTerm.has(release) ? { product, cycle: `${release}-e-lts` } : null
  if (edition === 'iot')
    return release === '10-21h2' || release === '11-24h2' ? { product, cycle: `${release}-iot-lts` } : null
  if (forAllEditions.has(release)) return { product, cycle: release }
  return edition === null || release === '10-1507' ? null : { product, cycle: `${release}-${edition}` }
}

/** Systems whose cycle is the beginning of their version. */
const others: readonly (readonly [RegExp, string, RegExp])[] = [
  [/^ubuntu\b/i, 'ubuntu', /\b(\d{2}\.(?:04|10))\b/],
  [/^debian\b/i, 'debian', /\b(\d{1,2})(?:\.\d+)?\b/],
  [/^(?:red hat enterprise linux|rhel)\b(?!.*\b(?:coreos|atomic)\b)/i, 'rhel', /\b(\d{1,2})(?:\.\d+)?\b/],
  [/^centos linux\b/i, 'centos', /\b([5-8])(?:\.\d+)*\b/],
  [/^fedora\b/i, 'fedora', /\b(\d{1,2})\b/],
  [/^almalinux\b/i, 'almalinux', /\b(\d{1,2})(?:\.\d+)?\b/],
  [/^rocky linux\b/i, 'rocky-linux', /\b(\d{1,2})(?:\.\d+)?\b/],
  [/^oracle linux\b/i, 'oracle-linux', /\b(\d{1,2})(?:\.\d+)?\b/],
  [/^opensuse leap\b/i, 'opensuse', /\b(\d{2}\.\d)\b/],
  [/^(?:macos|mac os x|os x)\b/i, 'macos', /\b(10\.\d{1,2}|1[1-9]|2[6-9])(?:\.\d+)*\b/],
]

/** The release of an operating system; null unless it is certain. */
export function cycleOfSystem({ name, fullName, version, kernel }: SeenSystem): Cycle | null {
  const text = (fullName ?? name ?? '').replace(/[®™]|\((?:R|TM)\)/gi, '').trim()
  const number = (version ?? '').trim()
  if (/^(?:microsoft )?windows\b/i.test(text)) {
    const builds = [number, kernel?.trim() ?? ''].filter((one) => /^\d+\.\d+\.\d{4,5}/.test(one))
    return builds[0] === undefined ? null : windows(text, builds[0])
  }
  const found = others.find(([pattern]) => pattern.test(text))
  if (found === undefined) return null
  const [, product, cycle] = found
  const cycles = [number, text.replace(/\(.*\)/, '')].flatMap((one) => cycle.exec(one)?.[1] ?? [])
  // version and name must not say different things
  return cycles[0] === undefined || cycles.some((one) => one !== cycles[0]) ? null : { product, cycle: cycles[0] }
}

const microsoft = /^Microsoft(?: Corporation)?$/
const oracle = /^(?:Oracle(?: Corporation| and\/or its affiliates| America, Inc\.)?|Sun Microsystems, Inc\.)$/
const major = (version: string): string | null => /^(\d+)(?:\.|$)/.exec(version)?.[1] ?? null
const minor = (version: string): string | null => /^(\d+\.\d+)(?:\.|$)/.exec(version)?.[1] ?? null

interface Rule {
  product: string
  name: RegExp
  publisher: RegExp
  /** From the parts of the name and the version; null where it does not fit. */
  cycle: (part: string, version: string) => string | null
}

const modern = (part: string): string | null => (part.startsWith('3.') || Number(major(part)) < 5 ? part : major(part))
const sqlServers: Record<string, string> = { '2017': '14.0', '2019': '15.0', '2022': '16.0', '2025': '17.0' }

const programs: readonly Rule[] = [
  {
    product: 'python',
    name: /^Python (\d\.\d+)\.\d+ (?:Core Interpreter )?\((?:32|64)-bit\)$/,
    publisher: /^Python Software Foundation$/,
    cycle: (part, version) => (version === '' || minor(version) === part ? part : null),
  },
  {
    product: 'postgresql',
    name: /^PostgreSQL (\d{1,2}(?:\.\d)?) ?(?:\(x(?:64|86)\))?$/,
    publisher: /^PostgreSQL Global Development Group$/,
    cycle: (part) => (part.includes('.') ? (part.startsWith('9.') ? part : null) : Number(part) >= 10 ? part : null),
  },
  {
    product: 'mysql',
    name: /^MySQL Server (\d\.\d)$/,
    publisher: oracle,
    cycle: (part, version) => (minor(version) === part ? part : null),
  },
  {
    product: 'mariadb',
    name: /^MariaDB (\d{2}\.\d+)(?:\.\d+)?(?: \(x64\))?$/,
    publisher: /^MariaDB/,
    cycle: (part) => part,
  },
  {
    product: 'mssqlserver',
    name: /^Microsoft SQL Server (2017|2019|2022|2025)(?: \(64-bit\))?$/,
    publisher: microsoft,
    cycle: (part, version) =>
      version === '' || version.startsWith(`${sqlServers[part]}.`) ? (sqlServers[part] ?? null) : null,
  },
  {
    product: 'dotnet',
    name: /^Microsoft (?:\.NET(?: Core)? Runtime|Windows Desktop Runtime) - (\d+\.\d)\.\d+ \((?:x64|x86|arm64)\)$/,
    publisher: microsoft,
    cycle: modern,
  },
  {
    product: 'dotnet',
    name: /^Microsoft ASP\.NET Core (\d+\.\d)\.\d+ (?:- )?Shared Framework \((?:x64|x86)\)$/,
    publisher: microsoft,
    cycle: modern,
  },
  {
    product: 'office',
    name: /^Microsoft Office (?:Professional Plus|Professional|Standard|Enterprise|Ultimate|Home (?:and|&) (?:Business|Student)) (2007|2010|2013|2016|2019|2021|2024)(?: - [a-z]{2,3}(?:-[a-z]+)*)?$/,
    publisher: microsoft,
    cycle: (part) => part,
  },
  {
    product: 'firefox',
    name: /^(?:Mozilla )?Firefox(?: [\d.]+)?(?: ESR)?(?: \(x(?:64|86) [a-z]{2,3}(?:-[A-Za-z]+)*\))?$/,
    publisher: /^Mozilla(?: Corporation| Foundation)?$/,
    cycle: (_, version) => major(version),
  },
  {
    product: 'libreoffice',
    name: /^LibreOffice(?: \d+\.\d+(?:\.\d+)*)?$/,
    publisher: /^The Document Foundation$/,
    cycle: (_, version) => minor(version),
  },
  {
    product: 'virtualbox',
    name: /^Oracle (?:VM )?VirtualBox(?: \d+\.\d+\.\d+)?$/,
    publisher: oracle,
    cycle: (_, version) => minor(version),
  },
  {
    product: 'oracle-jdk',
    name: /^Java\(TM\) SE Development Kit (\d+)(?:\.[\d.]+)? \(64-bit\)$/,
    publisher: oracle,
    cycle: (part, version) => (major(version) === part ? part : null),
  },
  {
    product: 'oracle-jdk',
    name: /^Java\(TM\) ([67]) Update \d+(?: \(64-bit\))?$/,
    publisher: oracle,
    cycle: (part, version) => (major(version) === part ? part : null),
  },
  {
    product: 'eclipse-temurin',
    name: /^Eclipse Temurin J(?:DK|RE) with Hotspot (\d+)[\d.+u-]* \(x64\)$/,
    publisher: /^Eclipse Adoptium$/,
    cycle: (part) => part,
  },
  {
    product: 'nodejs',
    name: /^Node\.js$/,
    publisher: /^(?:Node\.js Foundation|Node\.js)$/,
    cycle: (_, version) => major(version),
  },
  {
    product: 'powershell',
    name: /^PowerShell (?:6|7)-x(?:64|86)$/,
    publisher: microsoft,
    cycle: (_, version) => minor(version),
  },
  {
    product: 'internet-explorer',
    name: /^Windows Internet Explorer (8)$/,
    publisher: microsoft,
    cycle: (part) => part,
  },
  {
    product: 'msexchange',
    name: /^Microsoft Exchange Server (2010|2013|2016|2019)(?: Cumulative Update \d+)?$/,
    publisher: microsoft,
    cycle: (part) => part,
  },
  {
    product: 'tomcat',
    name: /^Apache Tomcat (8\.5|9\.0|10\.0|10\.1|11\.0) \S+ \(remove only\)$/,
    publisher: /^The Apache Software Foundation$/,
    cycle: (part) => part,
  },
]

/** Packages of a distribution are kept by the distribution, whatever the maker of the program says. */
const keptByOthers = new Set([
  'deb',
  'rpm',
  'dpkg',
  'apk',
  'pacman',
  'snap',
  'flatpak',
  'android',
  'gentoo',
  'slackpkg',
])

/** The release of a program; null unless it is certain. */
export function cycleOfProgram({ name, publisher, version, source }: SeenProgram): Cycle | null {
  if (keptByOthers.has(source.toLowerCase())) return null
  for (const rule of programs) {
    const found = rule.name.exec(name)
    if (found === null || !rule.publisher.test(publisher)) continue
    const cycle = rule.cycle(found[1] ?? '', version.trim())
    return cycle === null ? null : { product: rule.product, cycle }
  }
  return null
}

/** Moves when these rules do: what was seen is named anew. */
export const rulesVersion = 1
