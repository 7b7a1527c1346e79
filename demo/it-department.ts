import type { Role } from '../contract/permissions.ts'

/** All demo accounts have this password. */
export const demoPassword = 'anchors-aweigh-42'

export interface ItPerson {
  name: string
  role: Role
  teams: string[]
  /** Sees the confidential tickets of these teams' queues. */
  trusted?: boolean
}

export const itTeams = [
  { name: 'Service desk', lead: 'Nora Haldorsen' },
  { name: 'Workplace', lead: 'Jonas Weber' },
  { name: 'Infrastructure', lead: 'Stellan Bruun' },
  { name: 'Business applications', lead: 'Magda Wilk' },
  { name: 'Identity and access', lead: 'Samir Haddad' },
  { name: 'HR systems', lead: 'Hanne Moe' },
]

export const itPeople: ItPerson[] = [
  { name: 'Ada Osei', role: 'administrator', teams: [] },
  { name: 'Cora Lindqvist', role: 'coordinator', teams: ['Service desk'] },
  { name: 'Bo Feldmann', role: 'coordinator', teams: ['Service desk'] },
  { name: 'Marek Zieliński', role: 'manager', teams: [] },
  { name: 'Agnes Falk', role: 'auditor', teams: [] },
  { name: 'Nora Haldorsen', role: 'technician', teams: ['Service desk'] },
  { name: 'Tim Reinders', role: 'technician', teams: ['Service desk'] },
  { name: 'Alicja Dudek', role: 'technician', teams: ['Service desk'] },
  { name: 'Kofi Mensah', role: 'technician', teams: ['Service desk', 'Workplace'] },
  { name: 'Jonas Weber', role: 'technician', teams: ['Workplace'] },
  { name: 'Silje Aune', role: 'technician', teams: ['Workplace'] },
  { name: 'Rafał Bąk', role: 'technician', teams: ['Workplace'] },
  { name: 'Lotte Harms', role: 'technician', teams: ['Workplace'] },
  { name: 'Stellan Bruun', role: 'technician', teams: ['Infrastructure'] },
  { name: 'Ines Cordes', role: 'technician', teams: ['Infrastructure'] },
  { name: 'Oskar Lis', role: 'technician', teams: ['Infrastructure'] },
  { name: 'Tuva Helle', role: 'technician', teams: ['Infrastructure'] },
  { name: 'Magda Wilk', role: 'technician', teams: ['Business applications'] },
  { name: 'Peer Janssen', role: 'technician', teams: ['Business applications'] },
  { name: 'Aylin Çelik', role: 'technician', teams: ['Business applications'] },
  { name: 'Samir Haddad', role: 'technician', teams: ['Identity and access'] },
  { name: 'Wiebke Onnen', role: 'technician', teams: ['Identity and access', 'Service desk'] },
  { name: 'Hanne Moe', role: 'technician', teams: ['HR systems'], trusted: true },
  { name: 'Dirk Albers', role: 'technician', teams: ['HR systems'], trusted: true },
]

/** An ordinary employee who can sign in. */
export const demoRequester = 'Rita Solberg'

/** Printed at the end: one for each role, and one who is trusted with what is confidential. */
export const shownAccounts = [
  'Cora Lindqvist',
  'Jonas Weber',
  'Hanne Moe',
  'Marek Zieliński',
  'Agnes Falk',
  'Ada Osei',
  demoRequester,
]

export const itQueues = [
  { name: 'Service desk', description: 'Everything comes in here first', teams: ['Service desk'] },
  { name: 'Workplace', description: 'Computers, printers, phones, meeting rooms', teams: ['Workplace'] },
  { name: 'Network', description: 'Lines, wireless, VPN, firewalls', teams: ['Infrastructure'] },
  { name: 'Servers and storage', description: 'Servers, backup, file shares', teams: ['Infrastructure'] },
  {
    name: 'Business applications',
    description: 'ERP, laboratory system, document management',
    teams: ['Business applications'],
  },
  { name: 'Identity and access', description: 'Accounts, groups, badges', teams: ['Identity and access'] },
  { name: 'HR systems', description: 'Payroll, time recording; mostly confidential', teams: ['HR systems'] },
  { name: 'Procurement desk', description: 'What has to be bought', teams: ['Service desk', 'Workplace'] },
]

export const itVendors = [
  {
    name: 'Nordlys Telecom',
    email: 'support@nordlys-telecom.example',
    phone: '+47 55 00 01 00',
    note: 'Lines and mobile. Customer number 77-204.',
    hours: 'Vendor office hours',
  },
  {
    name: 'Baltic Print Services',
    email: 'service@balticprint.example',
    phone: '+48 58 000 02 00',
    note: 'Printers in all sites; toner is ordered by the device itself.',
    hours: 'Vendor office hours',
  },
  {
    name: 'Kalibra Software',
    email: 'help@kalibra.example',
    phone: null,
    note: 'Laboratory system. Name the contract KL-3 in every mail.',
    hours: 'Service hours',
  },
  {
    name: 'Hanse Hardware',
    email: 'rma@hanse-hardware.example',
    phone: '+49 471 000 30',
    note: 'Laptops and docks; next business day on site in Bremerhaven.',
    hours: 'Vendor office hours',
  },
  {
    name: 'PeopleLine Payroll',
    email: 'desk@peopleline.example',
    phone: '+49 40 000 77 00',
    note: 'Payroll; month end from the 20th.',
    hours: 'Service hours',
  },
]
