import type { ImportField } from '../../platform/imports/source.ts'

const field = (name: string, title: string, ...aliases: string[]): ImportField => ({
  field: name,
  title,
  required: false,
  aliases: [title, ...aliases],
})

/**
 * Columns of a list of people: as Snipe-IT, Entra ("Download users", both of its layouts), the admin centre of Microsoft 365 and csvde export them,
 * and in plain English and German.
 */
export const personFields: readonly ImportField[] = [
  field(
    'name',
    'Name',
    'Display name',
    'Full name',
    'displayName',
    'cn',
    'Anzeigename',
    'Vollständiger Name',
    'Mitarbeiter',
  ),
  field('firstName', 'First name', 'givenName', 'Given name', 'Vorname'),
  field('lastName', 'Last name', 'surname', 'sn', 'Family name', 'Nachname', 'Familienname'),
  field('email', 'E-mail', 'Email', 'mail', 'Email address', 'Primary email', 'Work email', 'E-Mail-Adresse'),
  field('username', 'Username', 'User name', 'sAMAccountName', 'Login', 'Benutzername', 'Anmeldename'),
  field('principal', 'User principal name', 'userPrincipalName', 'UPN'),
  field('employeeNumber', 'Employee number', 'Employee Num', 'employeeID', 'employeeNumber', 'Personalnummer'),
  field('department', 'Department', 'Abteilung'),
  field('jobTitle', 'Job title', 'jobTitle', 'title', 'Position', 'Stelle', 'Funktion'),
  field('phone', 'Phone', 'Telephone', 'telephoneNumber', 'Phone number', 'Office phone', 'Telefon'),
  field('mobile', 'Mobile', 'mobilePhone', 'Mobile phone', 'Mobiltelefon', 'Handy'),
  field(
    'site',
    'Location',
    'Site',
    'Office',
    'officeLocation',
    'physicalDeliveryOfficeName',
    'Office location',
    'Standort',
  ),
  field('costCentre', 'Cost centre', 'Cost center', 'Kostenstelle'),
  field('manager', 'Manager', 'Manager username', 'Manager email', 'Reports to', 'Vorgesetzter', 'Vorgesetzte'),
  field('active', 'Active', 'Activated', 'accountEnabled', 'Account enabled', 'Enabled', 'Aktiv'),
  field('blocked', 'Blocked', 'Block credential', 'Disabled', 'Gesperrt'),
  field('control', 'Account control (Active Directory)', 'userAccountControl'),
  field('objectClass', 'Class (Active Directory)', 'objectClass'),
  { ...field('startsOn', 'First day', 'Start date', 'Hire date', 'Eintrittsdatum', 'Eintritt'), isDate: true },
  { ...field('endsOn', 'Last day', 'End date', 'Leave date', 'Austrittsdatum', 'Austritt'), isDate: true },
]
