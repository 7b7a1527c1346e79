/**
 * Serial numbers that firmware and makers of boards leave in place of one. Two machines that bear the same are not the same machine.
 * From what inventory agents and their servers are known to filter (GLPI, OCS, FusionInventory black lists) and DMI tables in the field.
 */
const junk = new Set([
  '0',
  '00',
  '000',
  '0123456789',
  '01234567890',
  '012345678901234567890123456789',
  '123456789',
  '1234567890',
  '12345678',
  '1234567',
  '123456',
  '12345',
  'a1b2c3d4e5',
  'asset tag',
  'asset-1234567890',
  'base board serial number',
  'bsn12345678901234567',
  'chassis serial number',
  'default',
  'default string',
  'empty',
  'filled by oem',
  'innotek gmbh',
  'invalid',
  'mb-1234567890',
  'n/a',
  'na',
  'nil',
  'no asset tag',
  'no serial number',
  'none',
  'not applicable',
  'not available',
  'not defined',
  'not present',
  'not settable',
  'not specified',
  'null',
  'o.e.m.',
  'oem',
  'oem_serial',
  'oemdefault000',
  'product serial number',
  'quanta',
  'serial',
  'serial number',
  'serial no.',
  'serialnumber',
  'sernum0',
  'sn',
  'sys-1234567890',
  'system serial number',
  'systemserialnumb',
  'tbd',
  'to be defined',
  'to be filled by o.e.m',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'undefined',
  'unknown',
  'unknow',
  'unspecified',
  'vmware',
  'x',
  'xx',
  'xxx',
])

/** Whether a serial number says nothing: a filler, or one character over and over. */
export function isJunkSerial(serial: string): boolean {
  const plain = serial.trim().replace(/\s+/g, ' ').toLowerCase()
  if (plain === '' || junk.has(plain)) return true
  return /^([^\p{L}\p{N}]+|(.)\2*)$/u.test(plain)
}

/** A serial number as it is compared: without outer blanks and regard to case. Null where it says nothing. */
export const serialKey = (serial: string | null | undefined): string | null =>
  serial == null || isJunkSerial(serial) ? null : serial.trim().replace(/\s+/g, ' ').toUpperCase()
