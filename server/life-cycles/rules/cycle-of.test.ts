import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cycleLabel, isOver } from './cycle-label.ts'
import { cycleOfProgram, cycleOfSystem } from './cycle-of.ts'

const system = (fullName: string, version: string | null = null, kernel: string | null = null) => {
  const found = cycleOfSystem({ name: null, fullName, version, kernel })
  return found === null ? null : `${found.product} ${found.cycle}`
}
const program = (name: string, publisher: string, version = '', source = 'registry') => {
  const found = cycleOfProgram({ name, publisher, version, source })
  return found === null ? null : `${found.product} ${found.cycle}`
}

describe('an operating system', () => {
  it.each([
    ['Microsoft Windows 11 Pro', '10.0.22631', 'windows 11-23h2-w'],
    ['Microsoft Windows 11 Home', '10.0.26200.1', 'windows 11-25h2-w'],
    ['Microsoft Windows 11 Enterprise', '10.0.22621', 'windows 11-22h2-e'],
    ['Microsoft Windows 11 Education', '10.0.22631', 'windows 11-23h2-e'],
    ['Microsoft Windows 11 Pro Education', '10.0.22631', 'windows 11-23h2-w'],
    ['Microsoft Windows 11 Enterprise LTSC 2024', '10.0.26100', 'windows 11-24h2-e-lts'],
    ['Microsoft Windows 10 Pro', '10.0.19045', 'windows 10-22h2'],
    ['Microsoft Windows 10 Enterprise LTSC', '10.0.17763', 'windows 10-1809-e-lts'],
    ['Microsoft Windows 10 Entreprise', '10.0.18363', 'windows 10-1909-e'],
    ['Microsoft Windows 7 Professional', '6.1.7601', 'windows 7-sp1'],
    ['Microsoft Windows 8.1 Pro', '6.3.9600', 'windows 8.1'],
    ['Microsoft Windows Server 2012 R2 Standard', '6.3.9600', 'windows-server 2012-r2'],
    ['Microsoft® Windows Server® 2008 Standard', '6.0.6003', 'windows-server 2008-sp2'],
    ['Microsoft Windows Server 2019 Datacenter', '10.0.17763', 'windows-server 2019'],
    ['Ubuntu 22.04.4 LTS', '22.04.4 LTS (Jammy Jellyfish)', 'ubuntu 22.04'],
    ['Ubuntu', '24.04', 'ubuntu 24.04'],
    ['Debian GNU/Linux 12 (bookworm)', '12.11', 'debian 12'],
    ['Debian GNU/Linux 11 (bullseye)', null, 'debian 11'],
    ['Red Hat Enterprise Linux 8.10 (Ootpa)', '8.10', 'rhel 8'],
    ['CentOS Linux 7 (Core)', '7', 'centos 7'],
    ['Fedora Linux 40 (Workstation Edition)', '40', 'fedora 40'],
    ['macOS 13.6.1 (22G313)', '13.6.1', 'macos 13'],
    ['macOS', '26.1', 'macos 26'],
    ['Mac OS X', '10.14.6', 'macos 10.14'],
  ])('%s %s is %s', (name, version, wanted) => expect(system(name, version)).toBe(wanted))

  it.each([
    ['Microsoft Windows 11 Pro', null, 'no build'],
    ['Microsoft Windows 11 Pro', '23H2', 'no build'],
    ['Microsoft Windows 10 Pro', '10.0.22631', 'name and build contradict each other'],
    ['Microsoft Windows 11', '10.0.22631', 'no edition, and the end depends on it'],
    ['Microsoft Windows 11 SE', '10.0.22631', 'an edition nobody published'],
    ['Microsoft Windows 11 Pro', '10.0.22635', 'a preview'],
    ['Microsoft Windows 10 IoT Enterprise', '10.0.17763', 'an edition of its own'],
    ['Microsoft Windows Server 2019 Standard', '10.0.14393', 'name and build contradict each other'],
    ['Windows Server, version 1909', '10.0.18363', 'a channel that is no year'],
    ['Debian GNU/Linux 12 (bookworm)', '11.2', 'name and version contradict each other'],
    ['Debian GNU/Linux trixie/sid', null, 'no number'],
    ['CentOS Stream 9', '9', 'another product'],
    ['Linux Mint 21.3', '21.3', 'a product without a rule'],
    ['Linux', '6.1.0-31-amd64', 'a kernel'],
    ['', null, 'nothing'],
  ] as const)('%s %s is nothing: %s', (name, version, _why) => expect(system(name, version)).toBeNull())
})

describe('a program', () => {
  it.each([
    ['Python 3.8.10 (64-bit)', 'Python Software Foundation', '3.8.10150.0', 'python 3.8'],
    ['Python 3.11.3 Core Interpreter (64-bit)', 'Python Software Foundation', '3.11.3150.0', 'python 3.11'],
    ['PostgreSQL 14 ', 'PostgreSQL Global Development Group', '14', 'postgresql 14'],
    ['PostgreSQL 9.6 ', 'PostgreSQL Global Development Group', '9.6', 'postgresql 9.6'],
    ['MySQL Server 8.0', 'Oracle Corporation', '8.0.33', 'mysql 8.0'],
    ['Microsoft .NET Runtime - 6.0.20 (x64)', 'Microsoft Corporation', '48.83.63169', 'dotnet 6'],
    ['Microsoft .NET Core Runtime - 3.1.32 (x64)', 'Microsoft Corporation', '24.192.31915', 'dotnet 3.1'],
    ['Microsoft Windows Desktop Runtime - 7.0.9 (x64)', 'Microsoft Corporation', '56.39.63195', 'dotnet 7'],
    ['Microsoft Office Professional Plus 2010', 'Microsoft Corporation', '14.0.6029.1000', 'office 2010'],
    ['Microsoft Office Professional Plus 2019 - en-us', 'Microsoft Corporation', '16.0.10412', 'office 2019'],
    ['Mozilla Firefox (x64 en-US)', 'Mozilla', '115.9.1', 'firefox 115'],
    ['LibreOffice 7.4.2.3', 'The Document Foundation', '7.4.2.3', 'libreoffice 7.4'],
    ['Java(TM) SE Development Kit 16.0.2 (64-bit)', 'Oracle Corporation', '16.0.2.0', 'oracle-jdk 16'],
    ['Java(TM) 6 Update 31', 'Oracle', '6.0.310', 'oracle-jdk 6'],
    ['Oracle VM VirtualBox 7.0.8', 'Oracle and/or its affiliates', '7.0.8', 'virtualbox 7.0'],
    ['Windows Internet Explorer 8', 'Microsoft Corporation', '20090308.140743', 'internet-explorer 8'],
    ['Node.js', 'Node.js Foundation', '16.20.2', 'nodejs 16'],
    ['PowerShell 7-x64', 'Microsoft Corporation', '7.2.1.0', 'powershell 7.2'],
  ])('%s of %s is %s', (name, publisher, version, wanted) => expect(program(name, publisher, version)).toBe(wanted))

  it.each([
    ['Python 3.11.3 Documentation (64-bit)', 'Python Software Foundation', '3.11.3150.0'],
    ['Python 3.11.3 (64-bit)', 'Somebody else', '3.11.3'],
    ['MySQL Workbench 8.0 CE', 'Oracle Corporation', '8.0.33'],
    ['Microsoft Office Proof (English) 2010', 'Microsoft Corporation', '14.0.6029.1000'],
    ['Microsoft Office Shared MUI (English) 2010', 'Microsoft Corporation', '14.0.6029.1000'],
    ['Microsoft Office 2010 Service Pack 1 (SP1)', 'Microsoft', ''],
    ['Security Update for Microsoft Office 2010 (KB2553091)', 'Microsoft', ''],
    ['Update for Windows Internet Explorer 8 (KB2362765)', 'Microsoft Corporation', '1'],
    ['Office 16 Click-to-Run Licensing Component', 'Microsoft Corporation', '16.0.16626.20118'],
    ['Microsoft SQL Server 2008', 'Microsoft', '14.72.6100.34'],
    ['Microsoft SQL Server 2017', 'Microsoft', '17.77.6700.34'],
    ['Microsoft .NET Framework 4 Extended', 'Microsoft Corporation', '4.0.30319'],
    ['Microsoft .NET Targeting Pack - 7.0.9 (x64)', 'Microsoft Corporation', '56.39.63170'],
    ['Mozilla Thunderbird (2.0.0.23)', 'Mozilla', '2.0.0.23 (en-US)'],
    ['Mozilla Maintenance Service', 'Mozilla', '115.0'],
    ['Java Auto Updater', 'Sun Microsystems, Inc.', '2.0.7.1'],
    ['Java 8 Update 381 (64-bit)', 'Oracle Corporation', '8.0.3810.9'],
    ['Firefox', '', '115.0'],
    ['firefox', 'Fedora Project', '72.0'],
  ])('%s of %s is nothing', (name, publisher, version) => expect(program(name, publisher, version)).toBeNull())

  it('that a distribution keeps is nothing, whatever it is called', () => {
    for (const source of ['deb', 'rpm', 'snap']) expect(program('Firefox', 'Mozilla', '115.0', source)).toBeNull()
  })
})

it('calls a release what people do', () => {
  expect(cycleLabel('windows', 'Microsoft Windows', '11-23h2-w')).toBe('Windows 11 23H2 (Home, Pro)')
  expect(cycleLabel('windows', 'Microsoft Windows', '10-1809-e-lts')).toBe('Windows 10 1809 Enterprise LTSC')
  expect(cycleLabel('windows-server', '', '2012-r2')).toBe('Windows Server 2012 R2')
  expect(cycleLabel('debian', 'Debian', '12')).toBe('Debian 12')
})

it('takes the last day for supported, and what nobody published for not over', () => {
  expect(isOver({ eol_on: '2026-05-12', is_over: null }, '2026-05-12')).toBe(false)
  expect(isOver({ eol_on: '2026-05-12', is_over: null }, '2026-05-13')).toBe(true)
  expect(isOver({ eol_on: null, is_over: true }, '2026-05-13')).toBe(true)
  expect(isOver({ eol_on: null, is_over: null }, '2026-05-13')).toBe(false)
})

const names = new URL('../../../../shared/data/software-names/real_installed_software_names.csv', import.meta.url)
const isThere = existsSync(names)
if (!isThere) console.log('skipped: the real names of installed software are not here')
it.skipIf(!isThere)('of thousands of real names few are certain, and those are', () => {
  const [, ...lines] = readFileSync(names, 'utf8').split(/\r?\n/)
  const found = new Map<string, string>()
  for (const line of lines) {
    const [, name = '', publisher = '', version = '', from = ''] = [
      ...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g),
    ].map((one) => one[1]!.replace(/^"|"$/g, '').replaceAll('""', '"'))
    const cycle = program(name, publisher, version, from)
    if (cycle !== null) found.set(`${name}|${version}`, cycle)
  }
  expect(lines.length).toBeGreaterThan(5000)
  console.log(`${found.size} of ${lines.length} real rows are of a known release`)
  expect(Object.fromEntries([...found].filter(([name]) => /KB\d|MUI|Update for|Language|Proof/.test(name)))).toEqual({})
  expect([...found.values()].toSorted()).toMatchInlineSnapshot(`
    [
      "dotnet 3.1",
      "dotnet 3.1",
      "dotnet 5",
      "dotnet 5",
      "dotnet 5",
      "dotnet 5",
      "dotnet 6",
      "dotnet 7",
      "dotnet 7",
      "internet-explorer 8",
      "mysql 8.0",
      "office 2010",
      "oracle-jdk 16",
      "oracle-jdk 17",
      "oracle-jdk 18",
      "oracle-jdk 6",
      "postgresql 14",
      "python 3.11",
      "virtualbox 7.0",
    ]
  `)
})
